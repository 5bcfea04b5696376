"""How often a reader may ask for what costs much, so that one who asks without end holds up nobody else.

Each process counts for itself, and forgets at a restart: to write it down would cost as much as what it spares.
"""

import time
from collections.abc import Mapping
from math import ceil
from typing import Any, Literal

import discord
from discord.ext.commands import CooldownMapping

from bot.errors import ReaderError

Cost = Literal["image", "search", "export", "upload"]
"""What costs much: a quote or a chart is drawn, all words of the library are searched, a file is made or read."""

ALLOWANCES: Mapping[Cost, tuple[int, float]] = {
    "image": (20, 5 * 60),
    "search": (60, 5 * 60),
    "export": (10, 10 * 60),
    "upload": (40, 10 * 60),
}
"""How many at once, and the seconds from the first of them until there are as many again. It is more than anybody needs
who reads, picks a quote, or edits a story."""


def allowances() -> dict[Cost, CooldownMapping[int]]:
    """Return what each reader has left of everything: all of it."""
    return {
        cost: CooldownMapping.from_cooldown(most, seconds, lambda reader: reader)
        for cost, (most, seconds) in ALLOWANCES.items()
    }


def spend(interaction: discord.Interaction[Any], cost: Cost) -> None:
    """Take one from what the reader has left. Raises `ReaderError`, which says how long to wait, if nothing is left."""
    wait = interaction.client.allowances[cost].update_rate_limit(interaction.user.id, time.monotonic())
    if wait:
        raise ReaderError("spent", cost=cost, seconds=ceil(wait))
