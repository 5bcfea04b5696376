"""Quotes: a passage by chance, and the way from it into the story."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.app import Interaction, Oneshot
from bot.audience import seen
from bot.presses import pressed
from bot.screens import is_alone, is_owner, is_private, page_of, post, turned
from bot.stories.model import Drawn, Entry
from bot.story_option import StoryArgument
from bot.ui.ids.quotes import Another, DrawQuote, InContext, ShowQuote
from bot.ui.quotes import quote_screen
from bot.ui.screen import Screen


class Quotes(commands.Cog):
    @app_commands.command()
    @app_commands.describe(
        story="Title or author; leave it out for any story",
        spoilers="Whether it may come from beyond the first part of a story",
    )
    async def quote(self, interaction: Interaction, story: StoryArgument | None = None, spoilers: bool = False) -> None:
        """A passage by chance; none comes twice before all have come."""
        await post(interaction, await _draw(interaction, story, spoilers=spoilers), private=False)


async def _draw(interaction: Interaction, story: Entry | None, *, spoilers: bool) -> Screen:
    """The next quote of this server; of this reader in a direct message, or where they have muted some of it.

    What all see keeps to the first part of a story, unless asked otherwise; what one alone sees is veiled beyond where
    they have read.
    """
    store, reader = seen(interaction), interaction.user.id
    alone = is_alone(interaction) or (story is not None and not story.may_share)
    own = interaction.guild_id is None or (story is None and await store.mutes.any(reader))
    scope = f"user:{reader}" if own else f"guild:{interaction.guild_id}"
    drawn = await store.quotes.draw(scope, story, first_part=not (alone or spoilers))
    veiled = alone and not spoilers and await _is_hidden(interaction, drawn)
    return quote_screen(drawn, story.id if story else 0, spoilers=spoilers, veiled=veiled)


async def _is_hidden(interaction: Interaction, drawn: Drawn) -> bool:
    horizon = await seen(interaction).places.horizon(interaction.user.id, [drawn.story.id])
    return horizon.hides(drawn.story, drawn.chapter, drawn.spot, drawn.percent)


async def _asked(interaction: Interaction, story: int) -> Entry | None:
    return await seen(interaction).library.entry(story) if story else None


@pressed(Another)
async def another(interaction: Interaction, press: Another) -> None:
    """The next quote in the place of this one; on someone else's message, as one's own."""
    await turned(interaction, await _draw(interaction, await _asked(interaction, press.story), spoilers=press.spoilers))


@pressed(ShowQuote)
async def show_quote(interaction: Interaction, press: ShowQuote) -> None:
    """Lift the veil."""
    drawn = await seen(interaction).quotes.find(press.quote)
    await turned(interaction, quote_screen(drawn, press.story, spoilers=press.spoilers))


@pressed(DrawQuote)
async def quote_from_card(interaction: Interaction, press: DrawQuote) -> None:
    """A quote of the story of a card."""
    screen = await _draw(interaction, await _asked(interaction, press.story), spoilers=False)
    await post(interaction, screen, private=is_private(interaction) or not await is_owner(interaction))


@pressed(InContext)
async def in_context(interaction: Interaction, press: InContext) -> None:
    """The page that a quote is from; the reader's own place stays where it is."""
    store = seen(interaction)
    drawn = await store.quotes.find(press.quote)
    page = await store.pages.open(drawn.spot, interaction.user.id)
    await post(interaction, await page_of(interaction, page, peek=True), private=True)


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Quotes())
    bot.add_dynamic_items(another, show_quote, quote_from_card, in_context)
