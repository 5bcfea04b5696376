"""Author statistics, counts alone: what readers said of a story, how they read it, where they reacted (its heat)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from bot.domain.anonymity import SMALLEST_GROUP, in_steps, k_anonymous
from bot.domain.questions import Question
from bot.domain.reactions import Reaction
from bot.stories.model import ChapterName, StorySummary

PARTS = 24
"""Parts that a story is divided into, each of as many words."""

ABOUT_PERCENT = 5
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
        return ABOUT_PERCENT * round(100 * hottest(self.parts) / ABOUT_PERCENT)


def hottest(parts: Parts) -> float:
    """Return how much of a story, from 0 to 1, is before the middle of its hottest part.

    Neighbouring parts with the same count are one: they lie on the same page.
    """
    most = max(count or 0 for count in parts)
    first = last = parts.index(most)
    while last + 1 < len(parts) and parts[last + 1] == most:
        last += 1
    return (first + last + 1) / 2 / len(parts)


STEPS = 20
"""Even steps of a story at which it is counted how many readers got there."""

WEEKS = 26
"""Weeks that are reported, the present one among them: half a year."""


@dataclass(frozen=True, slots=True)
class Readership:
    """How many readers began a story, how far they got, and how many finished it as it now is."""

    begun: int
    """At least `SMALLEST_GROUP`."""
    finished: int | None
    """None for fewer, as with every number here that may be None."""
    reached: tuple[int | None, ...]
    """How many began, then how many reached each of the `STEPS` even steps; the last is *finished*.

    A number falls by `SMALLEST_GROUP` or more or not at all, so that no step shows a single reader. So a number may be
    up to four too high.
    """

    def in_steps(self) -> Self | None:
        """Return the numbers as they are told; None where too few have begun."""
        begun = in_steps(self.begun)
        finished, *reached = (None if count is None else in_steps(count) for count in (self.finished, *self.reached))
        return None if begun is None else type(self)(begun, finished, tuple(reached))

    @property
    def percent(self) -> int | None:
        """The percentage of those who began that have finished."""
        return None if self.finished is None else round(100 * self.finished / self.begun)


@dataclass(frozen=True, slots=True)
class AuthorStats:
    """All numbers that the author of a story sees."""

    story: StorySummary
    readers: Readership | None
    """None while too few have begun it."""
    reactions: Sequence[Reaction]
    weeks: Sequence[int | None]
    """How many readers reacted, in each of `WEEKS`."""
    since: date
    """The Monday on which the first of those weeks begins."""
    heat: Heat | None
    questions: Sequence[Question]
    """The default, unless the author wants no vote, and their own, the newest first."""
    saves: int | None
    """How often readers saved a quote of it."""
    reviews: int
    """How many reviews there are in the server from where the author looks; reviews are public, so all are counted."""

    def week(self, number: int) -> date:
        """The Monday of one of the weeks, counted from 0."""
        return self.since + timedelta(weeks=number)


def readership(stopped: Iterable[tuple[int, int]], finished: int, words: int) -> Readership | None:
    """Return the readership, or None where fewer than `SMALLEST_GROUP` began.

    *stopped* has pairs: after how many of the story's *words*, and how many readers; *finished* counts the others.
    """
    places = list(stopped)
    begun = finished + sum(readers for _, readers in places)
    if begun < SMALLEST_GROUP:
        return None
    reached: list[int | None] = [begun]
    for step in range(1, STEPS):
        there = finished + sum(readers for before, readers in places if before * STEPS >= step * words)
        reached.append(_coarse(reached[-1], there))
    return Readership(begun, k_anonymous(finished), (*reached, k_anonymous(finished)))


def _coarse(before: int | None, there: int) -> int | None:
    if before is None or k_anonymous(there) is None:
        return None
    return there if before - there >= SMALLEST_GROUP else before
