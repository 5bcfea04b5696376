"""Places: where a reader is in a story, how far they have been, and what lies beyond."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.stories.lengths import percent_behind
from bot.stories.model import ChapterSummary, Spot, StorySummary


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is in a story."""

    story: int
    spot: Spot
    finished: bool
    furthest: Spot
    is_behind: bool
    """Whether they have been further than their place."""
    moved_at: int
    """Seconds since 1970."""


AWAY_SECONDS = 7 * 24 * 60 * 60
"""Seconds of absence after which a page reminds a reader of where they stopped."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a page shows a reader who comes back to it."""

    since: int
    """When they stopped, in seconds since 1970."""
    words: str | None = None
    """The last words that they read, after `AWAY_SECONDS`."""


FIRST_PART = 33
"""The percentage of a story that is no spoiler to anyone."""

SHORT_WORDS = 1000
"""A story of at most so many words has no part that is a spoiler."""


def is_spoiler(story: StorySummary, words_before: int) -> bool:
    """Return whether a page may spoil a story for who has not begun it: it is beyond the first part of a longer one."""
    return story.words > SHORT_WORDS and percent_behind(words_before, story.words) > FIRST_PART


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has been in some stories; what is beyond may be a spoiler."""

    reached: Mapping[int, tuple[int, int]]
    """By story id: the position of the furthest chapter, and the offset in it where the furthest page ends."""
    is_veiling: bool = True

    def has_begun(self, story: int) -> bool:
        """Return whether they have read any of a story; unknown, and so no, of one from whom nothing is hidden."""
        return story in self.reached

    def hides(self, story: StorySummary, chapter: ChapterSummary, spot: Spot, percent: int) -> bool:
        """Return whether *spot* is beyond what they have read and beyond the first part of the story."""
        beyond = self.is_beyond(story.id, (chapter.position, spot.offset))
        return percent > FIRST_PART and story.words > SHORT_WORDS and beyond

    def is_beyond(self, story: int, until: tuple[int, int]) -> bool:
        """Return whether words about a story up to *until* (a chapter's position, an offset) go beyond what they read.

        The first part is no exception here: a review may tell more than the story's own words do.
        """
        return self.is_veiling and until >= self.reached.get(story, (0, 0))
