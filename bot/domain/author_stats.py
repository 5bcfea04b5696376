"""Author statistics, counts only: opinions on a story, its readership, and its heat (reactions by part)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from bot.domain.anonymity import SMALLEST_GROUP, in_steps, k_anonymous
from bot.domain.questions import Question
from bot.domain.reactions import Reaction
from bot.stories.model import ChapterName, StorySummary

PARTS = 24
"""Number of parts of a story's heat, each with the same number of words."""

ABOUT_PERCENT = 5
"""Step, in percentage points, to which the place of the hottest part is rounded."""

Parts = Sequence[int | None]
"""Number of readers who reacted in each part of a story, in order; None below `SMALLEST_GROUP`."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Number of readers who reacted in each part of a story."""

    parts: tuple[int | None, ...]
    """`PARTS` counts; at least one is not None."""
    chapter: ChapterName
    """Chapter of the hottest part."""

    @property
    def most(self) -> int:
        """Number of readers who reacted in the hottest part."""
        return max(count or 0 for count in self.parts)

    @property
    def percent(self) -> int:
        """Percentage of the story before the middle of its hottest part, in steps of `ABOUT_PERCENT`."""
        return ABOUT_PERCENT * round(100 * hottest(self.parts) / ABOUT_PERCENT)


def hottest(parts: Parts) -> float:
    """Return the fraction of a story, from 0 to 1, before the middle of its hottest part.

    If the parts after the hottest part have the same count, take the middle of all these parts: usually they are on one
    page.
    """
    most = max(count or 0 for count in parts)
    first = last = parts.index(most)
    while last + 1 < len(parts) and parts[last + 1] == most:
        last += 1
    return (first + last + 1) / 2 / len(parts)


STEPS = 20
"""Number of equal steps of a story at which its readers are counted."""

WEEKS = 26
"""Number of weeks in the statistics, including the present one: half a year."""


@dataclass(frozen=True, slots=True)
class Readership:
    """Numbers of readers who began a story, reached each step of the story, and finished its present text."""

    begun: int
    """Number of readers who began; at least `SMALLEST_GROUP`."""
    finished: int | None
    """Number of readers who finished; None below `SMALLEST_GROUP`, like the other optional numbers here."""
    reached: tuple[int | None, ...]
    """Number of readers who began, then of those who reached each of the `STEPS` steps; the last is *finished*.

    Each entry before the last equals its predecessor or is lower by at least `SMALLEST_GROUP`, so that no step reveals
    a single reader. An entry may therefore be up to four too high.
    """

    def in_steps(self) -> Self | None:
        """Return the numbers rounded for publication; None if too few readers began."""
        begun = in_steps(self.begun)
        finished, *reached = (None if count is None else in_steps(count) for count in (self.finished, *self.reached))
        return None if begun is None else type(self)(begun, finished, tuple(reached))

    @property
    def percent(self) -> int | None:
        """Percentage of the readers who finished among those who began; None if *finished* is None."""
        return None if self.finished is None else round(100 * self.finished / self.begun)


@dataclass(frozen=True, slots=True)
class AuthorStats:
    """All statistics of a story for its author."""

    story: StorySummary
    readers: Readership | None
    """The readership; None while too few readers have begun the story."""
    reactions: Sequence[Reaction]
    weeks: Sequence[int | None]
    """Number of readers who reacted in each of the last `WEEKS` weeks, oldest first; None below `SMALLEST_GROUP`."""
    since: date
    """Monday on which the first of the *weeks* begins."""
    heat: Heat | None
    questions: Sequence[Question]
    """The default question, unless the author allows no votes, then the author's own, newest first."""
    saves: int | None
    """Number of times that readers saved a quote of the story, rounded for publication; None if too few."""
    reviews: int
    """Number of reviews in the author's current server; exact, since reviews are public."""

    def week(self, number: int) -> date:
        """Return the Monday on which week *number* of *weeks* begins, counted from 0."""
        return self.since + timedelta(weeks=number)


def readership(stopped: Iterable[tuple[int, int]], finished: int, words: int) -> Readership | None:
    """Return the readership of a story of *words* words; None if fewer than `SMALLEST_GROUP` readers began.

    *stopped* has pairs for the readers who did not finish: a number of words, and how many readers stopped after it.
    *finished* is the number of readers who finished.
    """
    places = list(stopped)
    begun = finished + sum(readers for _, readers in places)
    if begun < SMALLEST_GROUP:
        return None
    reached: list[int | None] = [begun]
    for step in range(1, STEPS):
        there = finished + sum(readers for before, readers in places if before * STEPS >= step * words)
        reached.append(_rounded_step(reached[-1], there))
    return Readership(begun, k_anonymous(finished), (*reached, k_anonymous(finished)))


def _rounded_step(before: int | None, there: int) -> int | None:
    if before is None or k_anonymous(there) is None:
        return None
    return there if before - there >= SMALLEST_GROUP else before
