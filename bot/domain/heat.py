"""Heat: how many readers reacted in each part of a story."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.stories.model import ChapterName

PARTS = 24
"""Parts that a story is divided into, each of as many words."""

ABOUT = 5
"""The percentage to which a place in a story is rounded; pages are no finer."""

Parts = Sequence[int | None]
"""How many readers reacted in each part, in order; None for fewer than `SMALLEST_GROUP`."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How many readers reacted in each part of a story."""

    parts: tuple[int | None, ...]
    """`PARTS` counts; not all are None."""
    chapter: ChapterName
    """That of the hottest part."""

    @property
    def most(self) -> int:
        """How many readers reacted in the hottest part."""
        return max(count or 0 for count in self.parts)

    @property
    def percent(self) -> int:
        """About how many percent of the story are before its hottest part."""
        return ABOUT * round(100 * hottest(self.parts) / ABOUT)


def hottest(parts: Parts) -> float:
    """Return how much of a story, from 0 to 1, is before the middle of its hottest part.

    Neighbouring parts with the same count are one: they lie on the same page.
    """
    most = max(count or 0 for count in parts)
    first = last = parts.index(most)
    while last + 1 < len(parts) and parts[last + 1] == most:
        last += 1
    return (first + last + 1) / 2 / len(parts)
