"""Conversion of rows to values by column names, and SQL for columns and counts that several queries share."""

import json
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, TypeVar

from bot.domain.anonymity import SMALLEST_GROUP
from bot.store.database import Row
from bot.stories.model import ChapterName, ChapterSummary, StorySummary
from bot.stories.wishes import Wishes

Made = TypeVar("Made")


def as_value(row: Row, kind: type[Made], prefix: str = "", **given: object) -> Made:
    """Return an instance of *kind*, a dataclass, from the columns of *row* and the *given* fields.

    The column of a field ``story`` is called ``story`` or ``story_id``, after *prefix*. Booleans are stored as numbers.
    Raises `LookupError` for a field that has no column, no given value and no default.
    """
    columns = _columns(kind, prefix, tuple(row.keys()), tuple(given))
    found = {name: bool(row[column]) if is_truth else row[column] for name, column, is_truth in columns}
    return kind(**found, **given)


@cache
def _columns(
    kind: type[Any], prefix: str, columns: tuple[str, ...], given: tuple[str, ...]
) -> tuple[tuple[str, str, bool], ...]:
    """Return the name, the column and whether it is a boolean, for each field of *kind* that is not *given*."""
    found: list[tuple[str, str, bool]] = []
    for each in fields(kind):
        held = [column for column in (prefix + each.name, f"{prefix}{each.name}_id") if column in columns]
        if held and each.name not in given:
            found.append((each.name, held[0], each.type in (bool, "bool")))
        elif each.name not in given and each.default is MISSING and each.default_factory is MISSING:
            raise LookupError(f"no column has {kind.__name__}.{each.name}")
    return tuple(found)


SUMMARY = (
    "s.id AS story_id, s.title AS story_title, s.author AS story_author, s.words AS story_words,"
    " s.pages AS story_pages, s.chapters AS story_chapters, s.last_number AS story_last_number,"
    " s.may_quote AS story_may_quote, s.may_vote AS story_may_vote, s.may_review AS story_may_review,"
    " s.may_download AS story_may_download, s.may_share AS story_may_share"
)
"""Columns of a story *s* for `summary_of`."""

OPENING_CHARS = 600
"""Number of characters at the beginning of a story in which its first sentence is searched for."""

OPENING = (
    f"(SELECT substr(o.text, 1, {OPENING_CHARS}) FROM chapters f JOIN prose_slices o ON o.chapter_id = f.id"
    " WHERE f.story_id = s.id AND f.position = 1 AND o.start = 0)"
)
"""SQL for the first `OPENING_CHARS` characters of a story *s*."""

NAME = "c.title AS chapter_title, c.number AS chapter_number, c.label AS chapter_label"
"""Columns of a chapter *c* for `name_of`."""

CHAPTER = (
    f"c.id AS chapter_id, c.position AS chapter_position, c.words AS chapter_words, c.pages AS chapter_pages, {NAME}"
)
"""Columns of a chapter *c* for `chapter_of`."""


def summary_of(row: Row) -> StorySummary:
    """Return the story in the columns `SUMMARY` of *row*."""
    return as_value(row, StorySummary, "story_", wishes=_wishes(*(row[each] for each in _MAY)))


@cache
def _wishes(quote: int, vote: int, review: int, download: int, share: int) -> Wishes:
    """Return the wishes as one cached value, since many stories have the same wishes."""
    return Wishes(bool(quote), bool(vote), bool(review), bool(download), bool(share))


_MAY = tuple(f"story_may_{act}" for act in ("quote", "vote", "review", "download", "share"))


def name_of(row: Row) -> ChapterName:
    """Return the name in the columns `NAME` of *row*."""
    return as_value(row, ChapterName, "chapter_")


def chapter_of(row: Row) -> ChapterSummary:
    """Return the chapter in the columns `CHAPTER` of *row*."""
    return as_value(row, ChapterSummary, "chapter_", name=name_of(row))


def notes_of(text: str) -> tuple[str, ...]:
    """Return the notes in *text*, a stored JSON array."""
    return tuple(json.loads(text))


def released_sql(count: str, told: str, day: str, today: str) -> str:
    """Return SQL for the published value of *count* (see `bot.domain.anonymity.released`); all arguments are SQL."""
    return f"CASE WHEN {day} < {today} AND abs({count} - {told}) >= {SMALLEST_GROUP} THEN {count} ELSE {told} END"
