"""Columns that several queries read, and the values that are made of them. Rows are read by name."""

import json

from bot.store.database import Row
from bot.stories.model import ChapterSummary, StorySummary

SUMMARY = (
    "s.id AS story_id, s.title AS story_title, s.author AS story_author, s.words AS story_words,"
    " s.pages AS story_pages, s.chapters AS story_chapters, s.may_share AS story_may_share"
)
"""The columns of a story *s* that `summary_of` reads."""

CHAPTER = (
    "c.id AS chapter_id, c.number AS chapter_number, c.title AS chapter_title, c.words AS chapter_words,"
    " c.pages AS chapter_pages"
)
"""The columns of a chapter *c* that `chapter_of` reads."""


def summary_of(row: Row) -> StorySummary:
    """Return the story in the columns `SUMMARY` of *row*."""
    return StorySummary(
        row["story_id"],
        row["story_title"],
        row["story_author"],
        row["story_words"],
        row["story_pages"],
        row["story_chapters"],
        bool(row["story_may_share"]),
    )


def chapter_of(row: Row) -> ChapterSummary:
    """Return the chapter in the columns `CHAPTER` of *row*."""
    return ChapterSummary(
        row["chapter_id"], row["chapter_number"], row["chapter_title"], row["chapter_words"], row["chapter_pages"]
    )


def notes_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a note, which is stored as a JSON array."""
    return tuple(json.loads(text))
