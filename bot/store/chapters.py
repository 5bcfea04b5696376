"""The text of a story comes into the database: its chapters, pages and quotes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import get_args

import aiosqlite

from bot.stories import Chapter, Page
from bot.stories.model import PageLength

LENGTHS: tuple[PageLength, ...] = get_args(PageLength)
"""In the order of their numbers in the database."""


@dataclass(frozen=True, slots=True)
class _Old:
    id: int
    number: int | None
    title: str | None
    digest: str


async def _chapters(db: aiosqlite.Connection, story_id: int) -> list[_Old]:
    rows = await db.execute_fetchall("SELECT id, number, title, digest FROM chapters WHERE story_id = ?", (story_id,))
    return [_Old(*row) for row in rows]


def digests_of(chapters: Sequence[Chapter]) -> list[str]:
    texts = (chapter.prose.encode("utf-8", "surrogatepass") for chapter in chapters)
    return [hashlib.blake2b(text, digest_size=16).hexdigest() for text in texts]


def match_chapters(old: Sequence[_Old], new: Sequence[Chapter], digests: Sequence[str]) -> list[int | None]:
    """For each new chapter the id of the old one that it is: by its text, else its title, else its number."""
    ids: list[int | None] = [None] * len(new)
    free = sorted(old, key=lambda chapter: (chapter.number is None, chapter.id))
    for known_by, keys in (
        (attrgetter("digest"), digests),
        (attrgetter("title"), [chapter.title for chapter in new]),
        (attrgetter("number"), range(1, len(new) + 1)),
    ):
        found: dict[str | int | None, deque[int]] = defaultdict(deque)
        for chapter in free:
            found[known_by(chapter)].append(chapter.id)
        for i, key in enumerate(keys):
            if ids[i] is None and key is not None and found[key]:
                ids[i] = found[key].popleft()
        taken = set(ids)
        free = [chapter for chapter in free if chapter.id not in taken]
    return ids


async def write_chapters(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], digests: Sequence[str], now: int
) -> tuple[list[int], tuple[int, ...]]:
    """Write what is said of the chapters; return their ids, and the numbers of those that the story had not before."""
    old = await _chapters(db, story_id)
    known_ids = match_chapters(old, chapters, digests)
    await db.execute("UPDATE chapters SET number = NULL WHERE story_id = ?", (story_id,))
    ids: list[int] = []
    for number, (chapter, digest, known) in enumerate(zip(chapters, digests, known_ids, strict=True), start=1):
        values = (
            number,
            chapter.title,
            chapter.words,
            len(chapter.pages),
            digest,
            json.dumps(chapter.notes_before),
            json.dumps(chapter.notes_after),
        )
        [(chapter_id,)] = await db.execute_fetchall(
            "INSERT INTO chapters"
            " (id, story_id, added_at, number, title, words, pages, digest, notes_before, notes_after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET number = excluded.number, title = excluded.title, words = excluded.words,"
            " pages = excluded.pages, digest = excluded.digest, notes_before = excluded.notes_before,"
            " notes_after = excluded.notes_after RETURNING id",
            (known, story_id, now, *values),
        )
        ids.append(int(chapter_id))
    new = [number for number, known in enumerate(known_ids, start=1) if old and known is None]
    return ids, tuple(new)


async def write_pages(db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]) -> None:
    """Write the prose and where its pages begin; the rows are iterators, so that the connection's thread makes them."""
    await db.execute("DELETE FROM pages WHERE story_id = ?", (story_id,))
    await db.execute(
        "DELETE FROM prose_slices WHERE chapter_id IN (SELECT id FROM chapters WHERE story_id = ?)", (story_id,)
    )
    await db.executemany(
        "INSERT INTO prose_slices (chapter_id, start, text, spans) VALUES (?, ?, ?, ?)",
        (
            (chapter_id, page.start, page.text, _spans(page))
            for chapter, chapter_id in zip(chapters, ids, strict=True)
            for page in chapter.pages
        ),
    )
    for number, length in enumerate(LENGTHS):
        await db.executemany(
            "INSERT INTO pages (story_id, length, number, words_before, chapter_id, in_chapter, start, until, words)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((story_id, number, *row) for row in _page_rows(chapters, ids, length)),
        )


def _page_rows(
    chapters: Sequence[Chapter], ids: Sequence[int], length: PageLength
) -> Iterator[tuple[int, int, int, int, int, int, int]]:
    number = words_before = 0
    for chapter, chapter_id in zip(chapters, ids, strict=True):
        starts = chapter.page_starts.get(length) or [page.start for page in chapter.pages]
        for in_chapter, (start, end) in enumerate(pairwise([*starts, len(chapter.prose)]), start=1):
            number += 1
            words = len(chapter.prose[start:end].split())
            yield number, words_before, chapter_id, in_chapter, start, end, words
            words_before += words


def _spans(page: Page) -> str:
    return json.dumps([[span.start, span.end, span.kind] for span in page.spans])
