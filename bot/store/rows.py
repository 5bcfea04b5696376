"""The columns that several queries read, and the values that they become."""

from __future__ import annotations

import json

from bot.store.database import Row
from bot.stories.model import Contents, Entry

ENTRY = "s.id, s.title, s.author, s.words, s.pages, s.chapters, s.may_share"
"""Of a story *s*, for `entry_of`."""

CHAPTER = "c.id, c.number, c.title, c.words, c.pages"
"""Of a chapter *c*, for `chapter_of`."""

ENTRY_WIDTH, CHAPTER_WIDTH = ENTRY.count(",") + 1, CHAPTER.count(",") + 1


def entry_of(row: Row, at: int = 0) -> Entry:
    """A story as a list shows it, from the columns of *row* from *at* on."""
    story, title, author, words, pages, chapters, may_share = row[at : at + ENTRY_WIDTH]
    return Entry(story, title, author, words, pages, chapters, bool(may_share))


def notes_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a note."""
    return tuple(json.loads(text))


def chapter_of(row: Row, at: int = 0) -> Contents:
    """A chapter as a list of contents shows it, from the columns of *row* from *at* on."""
    return Contents(*row[at : at + CHAPTER_WIDTH])
