"""Bookmarks: passages that a reader keeps."""

from __future__ import annotations

from dataclasses import dataclass

from bot.stories.model import ChapterSummary, Spot, StorySummary


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A passage that a reader keeps."""

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
    """How much of the story is before it."""
