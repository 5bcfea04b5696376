"""Columns that several queries read, and the values that are made of them. Rows are read by name."""

import json
from functools import cache

from bot.store.database import Row
from bot.stories.model import ChapterName, ChapterSummary, StorySummary
from bot.stories.wishes import Wishes

SUMMARY = (
    "s.id AS story_id, s.title AS story_title, s.author AS story_author, s.words AS story_words,"
    " s.pages AS story_pages, s.chapters AS story_chapters, s.last_number AS story_last_number,"
    " s.may_quote AS story_may_quote, s.may_vote AS story_may_vote, s.may_review AS story_may_review,"
    " s.may_download AS story_may_download, s.may_share AS story_may_share"
)
"""The columns of a story *s* that `summary_of` reads."""

OPENING_CHARS = 600
"""Characters of a story's prose in which its first sentence is looked for."""

OPENING = (
    f"(SELECT substr(o.text, 1, {OPENING_CHARS}) FROM chapters f JOIN prose_slices o ON o.chapter_id = f.id"
    " WHERE f.story_id = s.id AND f.position = 1 AND o.start = 0)"
)
"""The first words of a story *s*."""

NAME = "c.title AS chapter_title, c.number AS chapter_number, c.label AS chapter_label"
"""The columns of a chapter *c* that `name_of` reads."""

CHAPTER = (
    f"c.id AS chapter_id, c.position AS chapter_position, c.words AS chapter_words, c.pages AS chapter_pages, {NAME}"
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
        _wishes(*(row[column] for column in _MAY)),
        row["story_last_number"],
    )


@cache
def _wishes(quote: int, vote: int, review: int, download: int, share: int) -> Wishes:
    """One value for all stories with the same wishes: lists read many."""
    return Wishes(bool(quote), bool(vote), bool(review), bool(download), bool(share))


_MAY = tuple(f"story_may_{act}" for act in ("quote", "vote", "review", "download", "share"))


def name_of(row: Row) -> ChapterName:
    """Return the name in the columns `NAME` of *row*."""
    return ChapterName(row["chapter_title"], row["chapter_number"], row["chapter_label"])


def chapter_of(row: Row) -> ChapterSummary:
    """Return the chapter in the columns `CHAPTER` of *row*."""
    return ChapterSummary(
        row["chapter_id"], row["chapter_position"], name_of(row), row["chapter_words"], row["chapter_pages"]
    )


def notes_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a note, which is stored as a JSON array."""
    return tuple(json.loads(text))
