"""How often a reader may ask for what costs much, so that one who asks without end holds up nobody else.

Each process counts for itself, and forgets at a restart: to write it down would cost as much as what it spares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import discord

from bot.errors import ReaderError

Cost = Literal["image", "search", "export", "upload"]
"""What costs much: a quote or a chart is drawn, all words of the library are searched, a file is made or read."""

SWEPT_AT = 10_000
"""Counts that are kept at least before those that hold nobody back are dropped."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once; after that they come back one by one, all within *seconds*."""

    most: int
    seconds: int


ALLOWANCES: Mapping[Cost, Allowance] = {
    "image": Allowance(20, 5 * 60),
    "search": Allowance(60, 5 * 60),
    "export": Allowance(10, 10 * 60),
    "upload": Allowance(40, 10 * 60),
}
"""More than anybody needs who reads, picks a quote, or edits a story."""


class Allowances:
    """What each reader has left: for each, one moment at which they have all of it again (GCRA)."""

    def __init__(self) -> None:
        self._whole_at: dict[tuple[Cost, int], float] = {}
        self._swept_at = SWEPT_AT

    def spend(self, cost: Cost, reader: int, now: float) -> float:
        """Take one from what *reader* has left, and return 0; where nothing is left, return the seconds to wait."""
        allowance = ALLOWANCES[cost]
        each = allowance.seconds / allowance.most
        whole_at = max(self._whole_at.get((cost, reader), now), now) + each
        wait = whole_at - now - allowance.seconds
        if wait > each:  # the clock was set back
            whole_at, wait = now + each, 0
        if wait > 0:
            return wait
        self._whole_at[cost, reader] = whole_at
        if len(self._whole_at) > self._swept_at:
            self._whole_at = {key: at for key, at in self._whole_at.items() if at > now}
            self._swept_at = max(SWEPT_AT, 2 * len(self._whole_at))
        return 0


def spend(interaction: discord.Interaction[Any], cost: Cost) -> None:
    """Raise `ReaderError`, which says how long to wait, where the reader asked too often for what costs much."""
    client = interaction.client
    wait = client.allowances.spend(cost, interaction.user.id, client.clock())
    if wait > 0:
        raise ReaderError("spent", cost=cost, seconds=int(wait) + 1)
