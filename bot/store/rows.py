"""The columns that several queries read, and the values that they become."""

from __future__ import annotations

import json

from bot.store.database import Row
from bot.stories.model import ChapterSummary, StorySummary

SUMMARY = "s.id, s.title, s.author, s.words, s.pages, s.chapters, s.may_share"
"""Of a story *s*, for `summary_of`."""

CHAPTER = "c.id, c.number, c.title, c.words, c.pages"
"""Of a chapter *c*, for `chapter_of`."""

SUMMARY_WIDTH, CHAPTER_WIDTH = SUMMARY.count(",") + 1, CHAPTER.count(",") + 1


def summary_of(row: Row, at: int = 0) -> StorySummary:
    """A story as a list shows it, from the columns of *row* from *at* on."""
    story, title, author, words, pages, chapters, may_share = row[at : at + SUMMARY_WIDTH]
    return StorySummary(story, title, author, words, pages, chapters, bool(may_share))


def notes_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a note."""
    return tuple(json.loads(text))


def chapter_of(row: Row, at: int = 0) -> ChapterSummary:
    """A chapter as a list of contents shows it, from the columns of *row* from *at* on."""
    return ChapterSummary(*row[at : at + CHAPTER_WIDTH])
