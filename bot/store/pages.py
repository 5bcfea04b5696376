"""Open pages: the text that holds a spot, cut as long as its reader likes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from bot.domain.audience import EVERYONE, Audience
from bot.errors import ChapterGone, ReaderError, StoryGone
from bot.store.database import Database, Row, visible_sql, why_not_visible
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, SUMMARY, SUMMARY_WIDTH, chapter_of, notes_of, summary_of
from bot.stories.emphasis import within
from bot.stories.model import SCENE_BREAK, ChapterSummary, OpenPage, Span, Spot, StorySummary

_LENGTH = "coalesce((SELECT page_length FROM reader_settings WHERE user_id = :reader), 1)"
"""How long the pages of a reader are."""

_LAST = "(SELECT {column} FROM pages WHERE {of} AND length = p.length ORDER BY {order} DESC LIMIT 1)"
SLICE_WIDTH = 3
_AROUND = (
    "(SELECT json_group_array(json_array(number, chapter_id, start)) FROM pages WHERE story_id = p.story_id"
    " AND length = p.length AND number IN (1, p.number - 1, p.number + 1,"
    f" {_LAST.format(column='number', of='story_id = p.story_id', order='number')}))"
)
"""The pages that the buttons lead to: number, chapter and start of each."""


class Pages:
    """The pages of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._shown = visible_sql(audience)

    async def open(self, spot: Spot, reader: int = 0) -> OpenPage:
        """The page of *reader*'s that now holds *spot*. Raises `StoryGone`, `StoryGated` or `ChapterGone`."""
        rows = await self._db.rows(
            "WITH p AS (SELECT * FROM pages WHERE chapter_id = :chapter AND start <= :offset"
            f" AND length = {_LENGTH} ORDER BY start DESC LIMIT 1)"
            f" SELECT {SUMMARY}, {CHAPTER}, p.number, p.in_chapter, p.start, p.until, p.words_before, p.words,"
            f" {_LAST.format(column='in_chapter', of='chapter_id = p.chapter_id', order='start')}, {_AROUND},"
            " s.notes_before, s.notes_after, c.notes_before, c.notes_after, x.start, x.text, x.spans"
            f" FROM p JOIN chapters c ON c.id = p.chapter_id JOIN {self._shown} s ON s.id = p.story_id"
            " JOIN prose_slices x ON x.chapter_id = p.chapter_id AND x.start < p.until AND x.start >="
            " (SELECT max(start) FROM prose_slices WHERE chapter_id = p.chapter_id AND start <= p.start) ORDER BY x.start",
            {"chapter": spot.chapter, "offset": spot.offset, "reader": reader},
        )
        if not rows:
            await self._explain_missing(spot.chapter)
        columns = rows[0][SUMMARY_WIDTH + CHAPTER_WIDTH : -SLICE_WIDTH]
        number, in_chapter, start, end, words_before, words, chapter_pages, around, *notes = columns
        spots = {page: Spot(chapter, begins) for page, chapter, begins in json.loads(around)}
        story = replace(summary_of(rows[0]), pages=max(spots))
        chapter = replace(chapter_of(rows[0], SUMMARY_WIDTH), pages=chapter_pages)
        story_before, story_after, before, after = map(notes_of, notes)
        previous, following = spots.get(number - 1), spots.get(number + 1)
        text, spans = _cut(rows, start, end)
        opens_chapter, closes_chapter = in_chapter == 1, in_chapter == chapter_pages
        return OpenPage(
            story=story,
            chapter=chapter,
            text=text,
            spot=Spot(chapter.id, start),
            number=in_chapter,
            words_before=words_before,
            words=words,
            spans=spans,
            notes_before=((story_before if previous is None else ()) + before) if opens_chapter else (),
            notes_after=(after + (story_after if following is None else ())) if closes_chapter else (),
            first=spots[1],
            previous=previous,
            following=following,
            last=spots[max(spots)],
        )

    async def spot(self, chapter: ChapterSummary, page: int, reader: int = 0) -> Spot:
        """Where page number *page* of a chapter begins, as *reader*'s are cut. Raises `ReaderError`."""
        row = await self._db.row(
            f"SELECT p.start, p.in_chapter FROM pages p WHERE p.chapter_id = :chapter AND p.length = {_LENGTH}"
            " ORDER BY p.start LIMIT 1 OFFSET :skip",
            {"chapter": chapter.id, "reader": reader, "skip": max(0, page - 1)},
        )
        if row is None or page < 1:
            of_chapter = chapter.number if chapter.number > 1 or chapter.title else None
            last = (await self.open(Spot(chapter.id, 0), reader)).chapter.pages
            if of_chapter is None:
                raise ReaderError("no-such-page", last=last)
            raise ReaderError("no-such-page-of-chapter", last=last, chapter=of_chapter)
        return Spot(chapter.id, int(row[0]))

    async def at_percent(self, story: StorySummary, percent: int, reader: int = 0) -> Spot:
        """Where the page begins by which *percent* of a story are read, as *reader*'s are cut."""
        row = await self._db.row(
            f"SELECT chapter_id, start FROM pages WHERE story_id = :story AND length = {_LENGTH}"
            " AND words_before <= :words ORDER BY words_before DESC, number DESC LIMIT 1",
            {"story": story.id, "reader": reader, "words": max(0, story.words - 1) * percent // 100},
        )
        if row is None:
            raise StoryGone
        return Spot(*row)

    async def next_scene(self, page: OpenPage) -> Spot | None:
        """Where the next scene of the chapter begins that the page does not show; None where it shows the last."""
        chapter, shown = page.spot.chapter, page.spot.offset + len(page.text.rstrip())
        start = shown
        tail = ""
        while True:
            rows = await self._db.rows(
                "SELECT start, text FROM prose_slices WHERE chapter_id = ? AND start + length(text) > ?"
                " AND start >= coalesce((SELECT max(start) FROM prose_slices WHERE chapter_id = ? AND start <= ?), 0)"
                " ORDER BY start LIMIT 40",
                (chapter, start, chapter, start),
            )
            if not rows:
                return None
            prose, begins = tail + "".join(text for _, text in rows), int(rows[0][0]) - len(tail)
            at = prose.find(SCENE_BREAK, max(0, shown - begins))
            if at >= 0:
                return Spot(chapter, begins + at + len(SCENE_BREAK))
            tail, start = prose[-len(SCENE_BREAK) :], begins + len(prose)

    async def ends(self, story: int, reader: int = 0) -> tuple[Spot, Spot]:
        """Where the first and the last page of a story begin. Raises `StoryGone` or `StoryGated`."""
        rows = await self._db.rows(
            f"SELECT p.chapter_id, p.start FROM {self._shown} s JOIN pages p ON p.story_id = s.id"
            f" WHERE s.id = :story AND p.length = {_LENGTH} AND p.number IN (1,"
            "  (SELECT number FROM pages WHERE story_id = s.id AND length = p.length ORDER BY number DESC LIMIT 1))"
            " ORDER BY p.number",
            {"story": story, "reader": reader},
        )
        if not rows:
            raise await why_not_visible(self._db, story, self._audience)
        return Spot(*rows[0]), Spot(*rows[-1])

    async def text(self, chapter: int, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """The prose of a chapter from *start* to *end*, with its emphasis, which is counted from *start*."""
        rows = await self._db.rows(
            "SELECT start, text, spans FROM prose_slices WHERE chapter_id = :chapter AND start < :end"
            " AND start >= (SELECT max(start) FROM prose_slices WHERE chapter_id = :chapter AND start <= :start)"
            " ORDER BY start",
            {"chapter": chapter, "start": start, "end": end},
        )
        return _cut(rows, start, end)

    async def _explain_missing(self, chapter: int) -> NoReturn:
        row = await self._db.row(
            "SELECT c.story_id, s.title FROM chapters c JOIN stories s ON s.id = c.story_id WHERE c.id = ?", (chapter,)
        )
        if row is None:
            raise StoryGone
        if await self._db.row(f"SELECT 1 FROM {self._shown} WHERE id = ?", (row[0],)) is None:
            raise await why_not_visible(self._db, row[0], self._audience)
        raise ChapterGone(row[1])


def _cut(rows: Sequence[Row], start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    """The prose from *start* to *end* of a chapter, with its emphasis, from the slices there, which end each row."""
    slices = [row[-SLICE_WIDTH:] for row in rows]
    first = int(slices[0][0])
    prose = "".join(text for _, text, _ in slices)
    spans = [
        Span(at - first + begins, at - first + ends, kind)
        for at, _, marked in slices
        for begins, ends, kind in json.loads(marked)
    ]
    return prose[start - first : end - first], tuple(within(spans, start - first, end - first))
