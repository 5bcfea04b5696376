"""Leaderboards: the stories and the quotes that readers love most."""

from discord import app_commands

from bot.domain.reactions import RANKINGS, Metric, Period, Ranked
from bot.domain.stories import page_within
from bot.errors import ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked, picked_id
from bot.interactions.options import MetricChoice, PeriodChoice, RankedChoice
from bot.interactions.permissions import allow_sharing
from bot.interactions.replies import is_late
from bot.services.posts import post, update_or_copy
from bot.services.quotes import own_quote
from bot.services.stories import card_of
from bot.store.leaderboard import MOST
from bot.ui.ids import LeaderboardPage, PickLeaderboard, PickRanked, ShowTop
from bot.ui.leaderboard import ROWS, leaderboard_screen
from bot.ui.screen import Screen


@app_commands.command(extras=LOOKUP)
@app_commands.describe(
    what="Stories or quotes",
    by="What to rank by",
    since="This week, this month or all time",
    everywhere="Count all servers, not just this one",
)
async def top(
    interaction: Interaction,
    what: RankedChoice = "story",
    by: MetricChoice = "reactions",
    since: PeriodChoice = "ever",
    everywhere: bool = False,
) -> None:
    """See the most-loved stories and quotes"""
    here = interaction.guild_id is not None and not everywhere
    screen = await _list(interaction, what, by, since, here=here)
    if await is_late(interaction):
        screen = await _list(interaction, what, by, since, here=here, may_share=interaction.guild_id is not None)
    await post(interaction, screen, private=False)


async def _list(
    interaction: Interaction,
    what: Ranked,
    by: Metric,
    since: Period,
    *,
    here: bool,
    page: int = 0,
    may_share: bool = False,
) -> Screen:
    """Return a page of a leaderboard. Raises `ReaderError` if *what* has no ranking by *by*."""
    if (what, by) not in RANKINGS:
        raise ReaderError("not-counted")
    leaderboard, guild = store_for(interaction).leaderboard, (interaction.guild_id or 0) if here else 0
    page = page_within(page, MOST, ROWS)
    find = leaderboard.stories if what == "story" else leaderboard.quotes
    places = await find(by, since, guild, ROWS + 1, page * ROWS)
    is_last = len(places) <= ROWS or (page + 1) * ROWS >= MOST
    shown = LeaderboardPage("p", what, by, since, here, page)
    rankings = [each for each in RANKINGS if each in {*await leaderboard.rankings(since, guild), (what, by)}]
    return leaderboard_screen(
        places[:ROWS], shown, rankings, is_last=is_last, in_server=interaction.guild_id is not None, may_share=may_share
    )


@component(ShowTop, work="lookup")
async def show_leaderboard(interaction: Interaction, _: ShowTop) -> None:
    """Show the most-loved stories, privately."""
    here = interaction.guild_id is not None
    await post(interaction, await _list(interaction, "story", "reactions", "ever", here=here), private=True)


@component(LeaderboardPage, work="lookup")
async def turn_leaderboard(interaction: Interaction, press: LeaderboardPage) -> None:
    """Show another page, period or scope (this server or everywhere), or post the page publicly."""
    if press.button == "s":
        allow_sharing(interaction)
    screen = await _list(interaction, press.ranked, press.metric, press.period, here=press.here, page=press.page)
    if press.button == "s":
        await post(interaction, screen, private=False)
    else:
        await update_or_copy(interaction, screen)


@component(PickLeaderboard, work="lookup")
async def pick_leaderboard(interaction: Interaction, press: PickLeaderboard) -> None:
    """Show the picked leaderboard."""
    value = picked(interaction)
    ranking = next((each for each in RANKINGS if ":".join(each) == value), None)
    if ranking is None:
        raise ReaderError("not-counted")
    await update_or_copy(interaction, await _list(interaction, *ranking, press.period, here=press.here))


@component(PickRanked, work="lookup")
async def pick_entry(interaction: Interaction, press: PickRanked) -> None:
    """Show the picked story or quote privately."""
    number = picked_id(interaction)
    if press.ranked == "story":
        screen = await card_of(interaction, number)
    else:
        screen = await own_quote(interaction, await store_for(interaction).quotes.find(number))
    await post(interaction, screen, private=True)
