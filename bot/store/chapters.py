"""Writing a story's text: chapters, prose slices and pages."""

import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import get_args

from bot.store.database import Row, Value, Writing
from bot.stories import Chapter, Page
from bot.stories.model import PageLength
from bot.stories.pages import pages_of

LENGTHS: tuple[PageLength, ...] = get_args(PageLength)
"""Page lengths; the index is the number stored in the database."""


def digests_of(chapters: Sequence[Chapter]) -> list[str]:
    """Return a digest of each chapter's text, to recognize the chapter in a new version."""
    texts = (chapter.prose.encode("utf-8", "surrogatepass") for chapter in chapters)
    return [hashlib.blake2b(text, digest_size=16).hexdigest() for text in texts]


def match_chapters(rows: Iterable[Row], chapters: Sequence[Chapter], digests: Sequence[str]) -> list[int | None]:
    """Return for each chapter the id of its row among *rows*, or None if the chapter is new.

    Chapters are matched with rows by text first, then by title, number and position.
    """
    ids: list[int | None] = [None] * len(chapters)
    free = sorted(rows, key=lambda row: (row["position"] is None, row["id"]))
    for column, keys in (
        ("digest", digests),
        ("title", [chapter.title for chapter in chapters]),
        ("number", [chapter.name.number for chapter in chapters]),
        ("position", range(1, len(chapters) + 1)),
    ):
        found: dict[str | int | None, deque[int]] = defaultdict(deque)
        for row in free:
            found[row[column]].append(row["id"])
        for i, key in enumerate(keys):
            if ids[i] is None and key is not None and found[key]:
                ids[i] = found[key].popleft()
        taken = set(ids)
        free = [row for row in free if row["id"] not in taken]
    return ids


def write_chapters(
    writing: Writing, story_id: int, chapters: Sequence[Chapter], digests: Sequence[str], now: int
) -> tuple[list[int], tuple[int, ...]]:
    """Insert or update a story's chapters; return their ids, and the positions of those new in an existing story."""
    rows = list(
        writing.rows(
            "SELECT id, position, number, title, digest FROM chapters WHERE story_id = :story", {"story": story_id}
        )
    )
    known_ids = match_chapters(rows, chapters, digests)
    writing.execute("UPDATE chapters SET position = NULL WHERE story_id = :story", {"story": story_id})
    ids: list[int] = []
    for position, (chapter, digest, known) in enumerate(zip(chapters, digests, known_ids, strict=True), start=1):
        [(chapter_id,)] = writing.rows(
            _ADD_CHAPTER if known is None else _CHANGE_CHAPTER,
            {"id": known, **_chapter_row(story_id, position, chapter, digest, now)},
        )
        ids.append(int(chapter_id))
    new = [position for position, known in enumerate(known_ids, start=1) if rows and known is None]
    return ids, tuple(new)


def add_chapters(
    writing: Writing, story_id: int, chapters: Sequence[Chapter], digests: Sequence[str], first: int, now: int
) -> list[int]:
    """Insert chapters of a new story, from position *first* on; return their ids."""
    rows = (
        _chapter_row(story_id, position, chapter, digest, now)
        for position, (chapter, digest) in enumerate(zip(chapters, digests, strict=True), start=first)
    )
    return [int(writing.rows(_ADD_CHAPTER, row)[0]["id"]) for row in rows]


def _chapter_row(story_id: int, position: int, chapter: Chapter, digest: str, now: int) -> dict[str, Value]:
    return {
        "story": story_id,
        "now": now,
        "position": position,
        "title": chapter.name.title,
        "number": chapter.name.number,
        "label": chapter.name.label,
        "words": chapter.words,
        "pages": chapter.pages,
        "digest": digest,
        "notes_before": json.dumps(chapter.notes_before),
        "notes_after": json.dumps(chapter.notes_after),
    }


_ADD_CHAPTER = (
    "INSERT INTO chapters"
    " (story_id, added_at, position, title, number, label, words, pages, digest, notes_before, notes_after)"
    " VALUES (:story, :now, :position, :title, :number, :label, :words, :pages, :digest, :notes_before, :notes_after)"
    " RETURNING id"
)

_CHANGE_CHAPTER = (
    "UPDATE chapters SET position = :position, title = :title, number = :number, label = :label, words = :words,"
    " pages = :pages, digest = :digest,"
    " notes_before = :notes_before, notes_after = :notes_after WHERE id = :id RETURNING id"
)


def write_pages(writing: Writing, story_id: int, chapters: Mapping[int, Chapter]) -> None:
    """Replace a story's prose and pages by those of *chapters*, by id and in order."""
    of_story = {"story_id": story_id}
    writing.execute("DELETE FROM pages WHERE story_id = :story_id", of_story)
    writing.execute(
        "DELETE FROM prose_slices WHERE chapter_id IN (SELECT id FROM chapters WHERE story_id = :story_id)", of_story
    )
    write_text(writing, text_rows(story_id, chapters))


TextRow = tuple[str, dict[str, Value]]
"""An INSERT statement for a row of a story's text, and its parameters."""


def write_text(writing: Writing, rows: Iterable[TextRow]) -> None:
    """Insert rows of a story's text. If *rows* is a generator, it runs on the thread of the connection."""
    for sql, group in groupby(rows, key=itemgetter(0)):
        writing.many(sql, (values for _, values in group))


def text_rows(story_id: int, chapters: Mapping[int, Chapter]) -> Iterator[TextRow]:
    """Yield the rows of the prose of *chapters*, by id and in order, then the rows of their pages."""
    for chapter_id, chapter in chapters.items():
        for page in pages_of(chapter):
            yield (
                "INSERT INTO prose_slices (chapter_id, start, text, spans) VALUES (:chapter_id, :start, :text, :spans)",
                {"chapter_id": chapter_id, "start": page.start, "text": page.text, "spans": _spans(page)},
            )
    for number, length in enumerate(LENGTHS):
        for row in _page_rows(chapters, length):
            yield (
                "INSERT INTO pages"
                " (story_id, length, number, words_before, chapter_id, in_chapter, start, until, words) VALUES"
                " (:story_id, :length, :number, :words_before, :chapter_id, :in_chapter, :start, :until, :words)",
                {**row, "story_id": story_id, "length": number},
            )


def _page_rows(chapters: Mapping[int, Chapter], length: PageLength) -> Iterator[dict[str, Value]]:
    number = words_before = 0
    for chapter_id, chapter in chapters.items():
        bounds = pairwise([*chapter.page_starts[length], len(chapter.prose)])
        pages = zip(bounds, chapter.page_words[length], strict=True)
        for in_chapter, ((start, until), words) in enumerate(pages, start=1):
            number += 1
            yield {
                "number": number,
                "words_before": words_before,
                "chapter_id": chapter_id,
                "in_chapter": in_chapter,
                "start": start,
                "until": until,
                "words": words,
            }
            words_before += words


def _spans(page: Page) -> str:
    if not page.spans:
        return "[]"
    return json.dumps([[span.start, span.end, span.kind] for span in page.spans])
