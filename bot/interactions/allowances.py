"""Rate limits on expensive requests, so that no reader slows the bot down for others.

Each process counts requests in memory, until it restarts: storing the counts would cost as much as the limits save.
"""

import time
from collections.abc import Mapping
from math import ceil
from typing import Any, Literal

import discord
from discord.ext.commands import CooldownMapping

from bot.errors import ReaderError

Cost = Literal["image", "search", "export", "upload"]
"""Expensive work: draw a quote or a chart, search the texts of the library, make a file, read an uploaded file."""

ALLOWANCES: Mapping[Cost, tuple[int, float]] = {
    "image": (20, 5 * 60),
    "search": (60, 5 * 60),
    "export": (10, 10 * 60),
    "upload": (40, 10 * 60),
}
"""Maximum number of a reader's requests in a window, and the window's length in seconds, for each kind of work."""


def allowances() -> dict[Cost, CooldownMapping[int]]:
    """Return the rate limits for each reader in a new process, with no requests counted yet."""
    return {
        cost: CooldownMapping.from_cooldown(most, seconds, lambda reader: reader)
        for cost, (most, seconds) in ALLOWANCES.items()
    }


def spend(interaction: discord.Interaction[Any], cost: Cost) -> None:
    """Count a request of the reader. Raises `ReaderError`, with the seconds to wait, once the limit is reached."""
    wait = interaction.client.allowances[cost].update_rate_limit(interaction.user.id, time.monotonic())
    if wait:
        raise ReaderError("spent", cost=cost, seconds=ceil(wait))
