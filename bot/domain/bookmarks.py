"""Bookmarks: passages that a reader keeps."""

from dataclasses import dataclass

from bot.stories.model import ChapterSummary, Spot, StorySummary


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark with the passage that it marks."""

    id: int
    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    passage: str
    """The first words found there."""
    note: str
    made_at: int
    """Seconds since 1970."""
    percent: int
    """The percentage of the story that is before it."""
