"""What readers love most."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.domain.leaderboard import RANKINGS, Counted, Period, Ranked
from bot.errors import ReaderError, StoryGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component, number_in, picked
from bot.services.pages import card_of, post, update_or_copy
from bot.store.leaderboard import MOST
from bot.ui.ids.leaderboard import PickPlace, PickTop, TopOf
from bot.ui.leaderboard import ROWS, top_screen
from bot.ui.quotes import quote_screen
from bot.ui.screen import Screen


class Top(commands.Cog):
    @app_commands.command()
    @app_commands.describe(
        what="Stories, or quotes",
        by="What counts",
        since="This week, this month, or ever",
        everywhere="Whether it counts what was done in all servers, and not in this one alone",
    )
    async def top(
        self,
        interaction: Interaction,
        what: Ranked = "story",
        by: Counted = "reactions",
        since: Period = "ever",
        everywhere: bool = False,
    ) -> None:
        """The stories or the quotes that readers love most."""
        here = interaction.guild_id is not None and not everywhere
        await post(interaction, await _list(interaction, what, by, since, here=here), private=False)


async def _list(
    interaction: Interaction, what: Ranked, by: Counted, since: Period, *, here: bool, page: int = 0
) -> Screen:
    """A page of a list. Raises `ReaderError` where there is none such."""
    if (what, by) not in RANKINGS:
        raise ReaderError("not-counted")
    top, guild = store_for(interaction).leaderboard, (interaction.guild_id or 0) if here else 0
    page = min(page, MOST // ROWS - 1)
    ask = top.stories if what == "story" else top.quotes
    places = await ask(by, since, guild, ROWS + 1, page * ROWS)
    is_last = len(places) <= ROWS or (page + 1) * ROWS >= MOST
    shown = TopOf("p", what, by, since, here, page)
    return top_screen(places[:ROWS], shown, is_last=is_last, in_server=interaction.guild_id is not None)


@component(TopOf)
async def turn_top(interaction: Interaction, press: TopOf) -> None:
    """Previous and next page, another time, this server or everywhere."""
    screen = await _list(interaction, press.what, press.by, press.since, here=press.here, page=press.page)
    await update_or_copy(interaction, screen)


@component(PickTop)
async def pick_top(interaction: Interaction, press: PickTop) -> None:
    """Another list."""
    wanted = picked(interaction)
    ranking = next((each for each in RANKINGS if ":".join(each) == wanted), None)
    if ranking is None:
        raise ReaderError("not-counted")
    await update_or_copy(interaction, await _list(interaction, *ranking, press.since, here=press.here))


@component(PickPlace)
async def pick_place(interaction: Interaction, press: PickPlace) -> None:
    """The card of a story, or a quote, for the one who picks it."""
    number = number_in(picked(interaction))
    if number is None:
        raise StoryGone
    if press.what == "story":
        await post(interaction, await card_of(interaction, number), private=True)
    else:
        await post(interaction, quote_screen(await store_for(interaction).quotes.find(number), None), private=True)


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Top())
