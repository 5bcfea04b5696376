"""What a writer sees of how a story is read: counts alone, and none of fewer than five readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.anonymity import SMALLEST_GROUP, k_anonymous
from bot.domain.heat import Heat
from bot.domain.reactions import Reaction
from bot.domain.votes import VoteStatus
from bot.stories.model import StorySummary

STEPS = 20
"""How far readers got is told at so many points, and at the beginning."""

WEEKS = 26
"""So many weeks are told of, this one among them: half a year."""


@dataclass(frozen=True, slots=True)
class Readership:
    """How many readers began a story, how far they got, and how many finished it as it now is."""

    begun: int
    """At least `SMALLEST_GROUP`."""
    finished: int | None
    """None for fewer, as wherever a number here may be None."""
    reached: tuple[int | None, ...]
    """How many got at least so far: to each of `STEPS` even shares of the story, after those who began.

    It only falls, by `SMALLEST_GROUP` or more at a time, so that no step is one reader: a number is up to four too
    high. The last one is *finished*, with all who stopped and are in no step.
    """

    @property
    def percent(self) -> int | None:
        """How many of a hundred who began have finished."""
        return None if self.finished is None else round(100 * self.finished / self.begun)


@dataclass(frozen=True, slots=True)
class AuthorStats:
    """All that the writer of a story is told."""

    story: StorySummary
    readers: Readership
    reactions: Sequence[Reaction]
    weeks: Sequence[int | None]
    """How many readers reacted, in each of `WEEKS`."""
    since: date
    """The Monday on which the first of those weeks begins."""
    heat: Heat | None
    vote: VoteStatus | None
    """None where the writer does not ask."""
    saves: int
    """How often readers saved a quote of it."""
    reviews: int
    """How many there are where the desk is opened: readers leave them for all to see."""

    def week(self, number: int) -> date:
        """The Monday of one of the weeks, counted from 0."""
        return self.since + timedelta(weeks=number)


def readership(stopped: Iterable[tuple[int, int]], finished: int, words: int) -> Readership | None:
    """What may be told of readers who *stopped*, so many after so many of the story's *words*, and who *finished*.

    None where fewer than `SMALLEST_GROUP` began.
    """
    places = list(stopped)
    begun = finished + sum(readers for _, readers in places)
    if begun < SMALLEST_GROUP:
        return None
    reached: list[int | None] = [begun]
    for step in range(1, STEPS):
        there = finished + sum(readers for before, readers in places if before * STEPS >= step * words)
        reached.append(_stair(reached[-1], there))
    return Readership(begun, k_anonymous(finished), (*reached, k_anonymous(finished)))


def _stair(before: int | None, there: int) -> int | None:
    """What is told of so many, where *before* was told of those a step nearer to the beginning."""
    if before is None or k_anonymous(there) is None:
        return None
    return there if before - there >= SMALLEST_GROUP else before
