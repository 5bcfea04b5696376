"""The content of a message, ready to be sent or edited."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.stories.model import Spot, StorySummary
from bot.texts import say
from bot.ui.limits import EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape

ACCENT = discord.Colour(0x8C6A4F)
"""The colour of old book covers: unobtrusive in Discord's dark and light themes."""

QUIET = discord.Colour(0x6F7480)

Item = ui.Item[ui.View]
"""A button or a select."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Embeds with buttons and selects. Reactions to the message count for its quote, page or story."""

    embeds: list[discord.Embed]
    items: Sequence[Item] | None = None
    """None for a new message without items; an empty list removes those of an edited message."""
    story: StorySummary | None = None
    """Story that the message is about."""
    quote: int | None = None
    """Id of the quote that it shows."""
    page: Spot | None = None
    """Start of the page that it shows."""
    files: Sequence[discord.File] = ()
    """Attachments, shown alone or by embeds with ``attachment://``. Without any, an edited message keeps its own."""

    @property
    def view(self) -> ui.View | None:
        """The items as a finished view, so that discord.py keeps nothing in memory."""
        if self.items is None:
            return None
        view = ui.View(timeout=None)
        for item in self.items:
            view.add_item(item)
        view.stop()
        return view


def notice(text: str | None, title: str | None = None, items: Sequence[Item] | None = None) -> Screen:
    """Return a message in a muted colour with a title, a text, or both."""
    return Screen([discord.Embed(title=title, description=text, colour=QUIET)], items)


def story_embed(
    story: StorySummary, text: str | None = None, *, colour: discord.Colour = ACCENT, byline: bool = False
) -> discord.Embed:
    """Return an embed with a story's title and, with *byline*, its author."""
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), description=text, colour=colour)
    if byline and story.author:
        embed.set_author(name=clip(say("by", author=story.author), EMBED_AUTHOR))
    return embed
