"""A message of the bot, ready to be sent or drawn again."""

from __future__ import annotations

import io
from dataclasses import dataclass

import discord
from discord import ui

from bot.stories.model import Entry

ACCENT = discord.Colour(0x8C6A4F)
"""The colour of old bindings: quiet on Discord's dark and light backgrounds."""

QUIET = discord.Colour(0x6F7480)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that goes with a message; *says* is for those who have it read to them."""

    name: str
    data: bytes
    says: str
    may_spoil: bool = False
    """Whether it is veiled until a reader lifts that for themselves."""

    def file(self) -> discord.File:
        return discord.File(io.BytesIO(self.data), f"{self.name}.png", description=self.says, spoiler=self.may_spoil)


@dataclass(frozen=True, slots=True)
class Screen:
    """Embeds and a view; *story* and *quote* are what it is about, for which emoji on the message count."""

    embeds: list[discord.Embed]
    view: ui.View | None = None
    story: Entry | None = None
    quote: int | None = None
    picture: Picture | None = None
