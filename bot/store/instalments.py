"""Instalments of a story: cut from its text as it is now, wherever a serial has come to."""

from __future__ import annotations

import asyncio
import json
from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby, pairwise
from operator import itemgetter

from bot.domain.audience import EVERYONE, Audience
from bot.store.database import Database, Row, visible_sql, why_not_visible
from bot.store.pages import Pages
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, SUMMARY, SUMMARY_WIDTH, chapter_of, notes_of, summary_of
from bot.stories.instalments import Instalment, Size, scene_starts
from bot.stories.model import Page, Span, Spot
from bot.stories.passages import PASSAGE_CHARS

_Cut = tuple[int, int, int]
"""Where an instalment begins: a chapter's number, an offset in it, the chapter's id."""


class Instalments:
    """Of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._shown = visible_sql(audience)
        self._pages = Pages(db, audience)

    async def open(self, story: int, spot: Spot, size: Size) -> Instalment | None:
        """The instalment that begins at *spot*, exactly; None at the end of the story.

        Raises `StoryGone` or `StoryGated`.
        """
        found = await self._db.row(
            f"SELECT {SUMMARY}, s.notes_before, s.notes_after FROM {self._shown} s WHERE s.id = ?", (story,)
        )
        if found is None:
            raise await why_not_visible(self._db, story, self._audience)
        cuts = await self._cuts(story, size)
        here = await self._at(spot, cuts)
        if here is None:
            return None
        number = bisect_right(cuts, here)
        following = cuts[number] if number < len(cuts) else None
        end = following[1] if following and following[2] == here[2] else None
        pages = await self._text(Spot(here[2], here[1]), end, size)
        row = await self._db.row(
            f"SELECT {CHAPTER}, c.notes_before, c.notes_after FROM chapters c WHERE c.id = ?", (here[2],)
        )
        assert row is not None
        story_before, story_after, before, after = map(notes_of, (*found[SUMMARY_WIDTH:], *row[CHAPTER_WIDTH:]))
        return Instalment(
            story=summary_of(found),
            chapter=chapter_of(row),
            pages=pages,
            number=number,
            total=len(cuts),
            following=Spot(following[2], following[1]) if following else None,
            passage=await self._passage(following) if following else pages[-1].text[-PASSAGE_CHARS:],
            notes_before=((story_before if number == 1 else ()) + before) if here[1] == 0 else (),
            notes_after=(after + (story_after if following is None else ())) if end is None else (),
        )

    async def _at(self, spot: Spot, cuts: list[_Cut]) -> _Cut | None:
        """Where an instalment at *spot* begins: with the first word there, or, at its chapter's end, in the next."""
        row = await self._db.row(
            "SELECT c.number, (SELECT p.until FROM pages p WHERE p.chapter_id = c.id AND p.length = 1"
            " ORDER BY p.start DESC LIMIT 1) FROM chapters c WHERE c.id = ?",
            (spot.chapter,),
        )
        number, end = row or (None, None)
        if number is not None and end is not None and spot.offset < end:
            text, _ = await self._pages.text(spot.chapter, spot.offset, spot.offset + PASSAGE_CHARS)
            if text.strip():
                return number, spot.offset + len(text) - len(text.lstrip()), spot.chapter
        return next((cut for cut in cuts if number is not None and cut[0] > number), None)

    async def _cuts(self, story: int, size: Size) -> list[_Cut]:
        """Where all instalments of a story begin, in order."""
        if size == "scene":
            rows = await self._db.rows(
                "SELECT c.number, c.id, t.start, t.text, t.spans FROM chapters c JOIN prose_slices t ON t.chapter_id = c.id"
                " WHERE c.story_id = ? AND c.number IS NOT NULL ORDER BY c.number, t.start",
                (story,),
            )
            return await asyncio.to_thread(_scenes, rows)
        rows = await self._db.rows(
            "SELECT c.number, p.start, c.id, p.in_chapter FROM pages p JOIN chapters c ON c.id = p.chapter_id"
            " WHERE p.story_id = ? AND p.length = 1 ORDER BY p.number",
            (story,),
        )
        return [(number, start, chapter) for number, start, chapter, page in rows if size == "page" or page == 1]

    async def _text(self, spot: Spot, end: int | None, size: Size) -> tuple[Page, ...]:
        """The text from *spot* to *end*, or to the end of its chapter; of a chapter in long pages."""
        rows = await self._db.rows(
            "SELECT start, until FROM pages WHERE chapter_id = ? AND length = 2 ORDER BY start", (spot.chapter,)
        )
        last = rows[-1][1] if end is None else end
        inner = [int(start) for start, _ in rows if size == "chapter" and spot.offset < start < last]
        pages: list[Page] = []
        for start, stop in pairwise([spot.offset, *inner, last]):
            pages.append(Page(start, *await self._pages.text(spot.chapter, start, stop)))
        return tuple(pages)

    async def _passage(self, cut: _Cut) -> str:
        text, _ = await self._pages.text(cut[2], cut[1], cut[1] + PASSAGE_CHARS)
        return text


def _scenes(rows: Iterable[Row]) -> list[_Cut]:
    cuts: list[_Cut] = []
    for (number, chapter), slices in groupby(rows, key=itemgetter(0, 1)):
        prose, spans = "", list[Span]()
        for _, _, start, text, marked in slices:
            prose += text
            spans += [Span(start + begins, start + ends, kind) for begins, ends, kind in json.loads(marked)]
        cuts += [(number, start, chapter) for start in scene_starts(prose, spans)]
    return cuts
