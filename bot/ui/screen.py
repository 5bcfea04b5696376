"""A message of the bot, ready to be sent or drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.stories.model import Spot, StorySummary

ACCENT = discord.Colour(0x8C6A4F)
"""The colour of old bindings: quiet on Discord's dark and light backgrounds."""

QUIET = discord.Colour(0x6F7480)


@dataclass(frozen=True, slots=True)
class Screen:
    """Embeds and a view; *story* and *quote* are what it is about, for which emoji on the message count.

    *page* is where the page begins that it shows, if it shows one: what readers put on the message is given to that.
    """

    embeds: list[discord.Embed]
    view: ui.View | None = None
    story: StorySummary | None = None
    quote: int | None = None
    page: Spot | None = None
    files: Sequence[discord.File] = ()
    """By themselves, or what its embeds show by ``attachment://``; a message drawn again without any keeps its own."""
