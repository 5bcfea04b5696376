"""A message of the bot, ready to be sent or drawn again."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.stories.model import Spot, StorySummary
from bot.texts import say
from bot.ui.limits import EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape

ACCENT = discord.Colour(0x8C6A4F)
"""The colour of old bindings: quiet on Discord's dark and light backgrounds."""

QUIET = discord.Colour(0x6F7480)

Item = ui.Item[ui.View]
"""A button or a select."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Embeds with buttons and selects. An emoji that a reader puts on the message counts for what the screen shows."""

    embeds: list[discord.Embed]
    items: Sequence[Item] | None = None
    """None leaves a new message without any; an empty list takes them off a message that is drawn again."""
    story: StorySummary | None = None
    """The story that the message is about."""
    quote: int | None = None
    """The id of the quote that it shows."""
    page: Spot | None = None
    """Where the page begins that it shows."""
    files: Sequence[discord.File] = ()
    """By themselves, or what its embeds show by ``attachment://``; a message drawn again without any keeps its own."""

    @property
    def view(self) -> ui.View | None:
        """The items as discord.py sends them. The view is finished, so that the library keeps nothing in memory."""
        if self.items is None:
            return None
        view = ui.View(timeout=None)
        for item in self.items:
            view.add_item(item)
        view.stop()
        return view


def notice(text: str | None, title: str | None = None, items: Sequence[Item] | None = None) -> Screen:
    """Return a quiet message of a title, a text, or both."""
    return Screen([discord.Embed(title=title, description=text, colour=QUIET)], items)


def story_embed(
    story: StorySummary, text: str | None = None, *, colour: discord.Colour = ACCENT, byline: bool = False
) -> discord.Embed:
    """Return an embed under a story's title and, with a *byline*, its author."""
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), description=text, colour=colour)
    if byline and story.author:
        embed.set_author(name=clip(say("by", author=story.author), EMBED_AUTHOR))
    return embed
