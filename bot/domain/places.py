"""Places: where a reader is in a story, how far they have been, and what lies beyond."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.stories.model import ChapterSummary, Spot, StorySummary


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is in a story."""

    story: int
    spot: Spot
    finished: bool
    furthest: Spot
    is_behind: bool
    """Whether they have been further than they are."""
    moved_at: int
    """Seconds since 1970."""


AWAY_SECONDS = 7 * 24 * 60 * 60
"""Seconds after which a reader is told where they stopped."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a page tells a reader who comes back to it."""

    since: int
    """When they stopped, in seconds since 1970."""
    words: str | None = None
    """The last that they read, where that is a while ago."""
    furthest: Spot | None = None
    """Where they have been further than here."""


FIRST_PART = 33
"""Percent of a story: what is before is no spoiler to anyone."""


SHORT_WORDS = 1000
"""A story of no more words has no part that would spoil it."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has been in some stories; what is beyond may be a spoiler to them."""

    reached: Mapping[int, tuple[int, int]]
    """By story: the number of the furthest chapter, and the offset in it where the furthest page ends."""
    is_veiling: bool = True

    def hides(self, story: StorySummary, chapter: ChapterSummary, spot: Spot, percent: int) -> bool:
        """Whether *spot* is beyond what they have read, and beyond the first part of the story."""
        beyond = self.is_beyond(story.id, (chapter.number, spot.offset))
        return percent > FIRST_PART and story.words > SHORT_WORDS and beyond

    def is_beyond(self, story: int, until: tuple[int, int]) -> bool:
        """Whether something that may tell all of a story up to *until* is beyond what they have read.

        That is a chapter's number and an offset in it. The first part is no exception: what others say of a story may
        tell more than its own words do.
        """
        return self.is_veiling and until >= self.reached.get(story, (0, 0))
