"""Which parts of a story moved readers: a value and the rules about it; no Discord, no SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PARTS = 24
"""A story is cut in so many, each of as many words."""

ABOUT = 5
"""What a share of a story is rounded to, in percent: a page is no finer."""

Parts = Sequence[int | None]
"""How many readers reacted in each part, from its beginning; None for fewer than one may speak of."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How many readers reacted in each part of a story."""

    parts: tuple[int | None, ...]
    """`PARTS` of them; not all are None."""
    chapter: int
    """The number of the chapter where it moved readers most."""

    @property
    def most(self) -> int:
        """How many readers reacted in the hottest part."""
        return max(count or 0 for count in self.parts)

    @property
    def percent(self) -> int:
        """About how much of the story is before where it moved readers most."""
        return ABOUT * round(100 * hottest(self.parts) / ABOUT)


def hottest(parts: Parts) -> float:
    """How much of a story is before the middle of its hottest part, from 0 to 1; parts of one page are one."""
    most = max(count or 0 for count in parts)
    first = last = parts.index(most)
    while last + 1 < len(parts) and parts[last + 1] == most:
        last += 1
    return (first + last + 1) / 2 / len(parts)
