"""The content of a message, ready to be sent or edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import discord
from discord import ui

from bot.stories.model import Spot, StorySummary
from bot.texts import say
from bot.ui.limits import (
    BUTTON_ROWS,
    EMBED_AUTHOR,
    EMBED_DESCRIPTION,
    EMBED_FIELD_VALUE,
    EMBED_TITLE,
    IN_A_ROW,
    clip,
    size,
)
from bot.ui.markdown import escape

ACCENT = discord.Colour(0x8C6A4F)
"""Brown of old book covers, unobtrusive in Discord's dark and light themes."""

QUIET = discord.Colour(0x6F7480)

Item = ui.Item[ui.View]
"""A button or a select."""

Group = Sequence[Item]
"""Buttons that belong together, or a single select."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Embeds with buttons and selects. Reactions to the message count for its quote, page or story."""

    embeds: list[discord.Embed]
    groups: Sequence[Group] | None = None
    """Groups of items; None for a new message without items. An empty list removes all items of an edited message."""
    story: StorySummary | None = None
    """Story that the message is about."""
    quote: int | None = None
    """Id of the quote that the message shows."""
    page: Spot | None = None
    """Start of the page that the message shows."""
    files: Sequence[discord.File] = ()
    """Attachments, shown alone or by embeds with ``attachment://``. If empty, an edited message keeps its files."""

    @property
    def view(self) -> ui.View | None:
        """View with the items; None without groups. It is stopped, so that discord.py does not keep it in memory."""
        if self.groups is None:
            return None
        view = ui.View(timeout=None)
        for number, row in enumerate(rows_of(self.groups)):
            for item in row:
                item.row = number
                view.add_item(item)
        view.stop()
        return view


def rows_of(groups: Iterable[Group]) -> list[Group]:
    """Return rows of items: one row for each group, several of even length for a wide group, none for an empty group.

    If there are too many rows for a message, the narrowest adjacent ones are joined, the last one if none
    else can be. Raises `ValueError` if the items
    still do not fit.
    """
    rows = even_rows(groups)
    while len(rows) > BUTTON_ROWS:
        widths = [_width(first) + _width(second) for first, second in pairwise(rows)]
        above = [width for width in widths[:-1] if width <= IN_A_ROW]
        at = widths.index(min(above or widths))
        if widths[at] > IN_A_ROW:
            raise ValueError(f"{len(rows)} rows of buttons and selects do not fit a message")
        rows[at : at + 2] = [[*rows[at], *rows[at + 1]]]
    return rows


def even_rows(groups: Iterable[Group]) -> list[Group]:
    """Return one row for each group, several of even length for a wide group, none for an empty group."""
    return [row for group in groups for row in _rows_of_group(group)]


def _rows_of_group(group: Group) -> list[Group]:
    rows = -(-_width(group) // IN_A_ROW)
    if rows <= 1:
        return [group] if group else []
    together = -(-len(group) // rows)
    return [group[first : first + together] for first in range(0, len(group), together)]


def _width(row: Group) -> int:
    return sum([item.width for item in row])


def notice(text: str | None, title: str | None = None, groups: Sequence[Group] | None = None) -> Screen:
    """Return a message in a muted colour with a title, a text, or both."""
    return Screen([discord.Embed(title=title, description=text, colour=QUIET)], groups)


def story_embed(
    story: StorySummary, text: str | None = None, *, colour: discord.Colour = ACCENT, byline: bool = False
) -> discord.Embed:
    """Return an embed with a story's title and, with *byline*, its author."""
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), description=text, colour=colour)
    if byline and story.author:
        embed.set_author(name=clip(say("by", author=story.author), EMBED_AUTHOR))
    return embed


_RECEIPT = "\n\n-# \N{WORD JOINER}"
"""What stands before a receipt; the invisible character tells it from a story's own small print."""


def add_receipt(embeds: Sequence[discord.Embed], line: str | None) -> None:
    """Add a small line that says what the reader just did below the last embed, in place of an earlier one."""
    last, below = embeds[-1], _RECEIPT + line if line else ""
    if not last.fields:
        text = (last.description or "").partition(_RECEIPT)[0]
        last.description = clip(text, EMBED_DESCRIPTION - size(below)) + below
        return
    field = last.fields[-1]
    text = clip((field.value or "").partition(_RECEIPT)[0], EMBED_FIELD_VALUE - size(below)) + below
    last.set_field_at(len(last.fields) - 1, name=field.name, value=text, inline=field.inline)
