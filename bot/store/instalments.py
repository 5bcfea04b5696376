"""Instalments of a story: cut from its text as it is now, wherever a serial has come to."""

import asyncio
import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from bot.domain.audience import EVERYONE, Audience
from bot.store.database import Database, Family, Row
from bot.store.pages import Pages
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, notes_of, summary_of
from bot.store.visibility import visible_sql, why_not_visible
from bot.stories.anchors import ANCHOR_CHARS
from bot.stories.instalments import Instalment, Size, scene_starts
from bot.stories.model import Page, Span, Spot


@dataclass(frozen=True, slots=True, order=True)
class _Cut:
    """Where an instalment begins; cuts are sorted as the story is read."""

    position: int
    """Of the chapter."""
    start: int
    chapter: int

    @property
    def spot(self) -> Spot:
        return Spot(self.chapter, self.start)


class Instalments(Family):
    """The instalments of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = visible_sql(audience)
        self._pages = Pages(db, audience)

    async def open(self, story: int, spot: Spot, size: Size) -> Instalment | None:
        """Return the instalment that begins at *spot*, exactly; None at the end of the story.

        Raises `StoryGone` or `StoryGated`.
        """
        found = await self._db.row(
            f"SELECT {SUMMARY}, s.notes_before AS notes_before, s.notes_after AS notes_after"
            f" FROM {self._shown} s WHERE s.id = :story",
            {"story": story},
        )
        if found is None:
            raise await self._db.read(lambda reading: why_not_visible(reading, story, self._audience))
        cuts = await self._cuts(story, size)
        here = await self._at(spot, cuts)
        if here is None:
            return None
        number = bisect_right(cuts, here)
        following = cuts[number] if number < len(cuts) else None
        end = following.start if following and following.chapter == here.chapter else None
        pages = await self._text(here.spot, end, size)
        row = await self._db.row(
            f"SELECT {CHAPTER}, c.notes_before AS notes_before, c.notes_after AS notes_after"
            " FROM chapters c WHERE c.id = :chapter",
            {"chapter": here.chapter},
        )
        assert row is not None
        story_before = notes_of(found["notes_before"]) if number == 1 else ()
        story_after = notes_of(found["notes_after"]) if following is None else ()
        return Instalment(
            story=summary_of(found),
            chapter=chapter_of(row),
            pages=pages,
            number=number,
            total=len(cuts),
            following=following and following.spot,
            passage=await self._passage(following.spot) if following else pages[-1].text[-ANCHOR_CHARS:],
            notes_before=story_before + notes_of(row["notes_before"]) if here.start == 0 else (),
            notes_after=notes_of(row["notes_after"]) + story_after if end is None else (),
        )

    async def _at(self, spot: Spot, cuts: list[_Cut]) -> _Cut | None:
        """Where an instalment at *spot* begins: with the first word there, or, at its chapter's end, in the next."""
        row = await self._db.row(
            "SELECT c.position AS position, (SELECT p.until FROM pages p WHERE p.chapter_id = c.id AND p.length = 0"
            " ORDER BY p.start DESC LIMIT 1) AS until FROM chapters c WHERE c.id = :chapter",
            {"chapter": spot.chapter},
        )
        if row is None or row["position"] is None:
            return None
        if row["until"] is not None and spot.offset < row["until"]:
            text = await self._passage(spot)
            if text.strip():
                return _Cut(row["position"], spot.offset + len(text) - len(text.lstrip()), spot.chapter)
        return next((cut for cut in cuts if cut.position > row["position"]), None)

    async def _cuts(self, story: int, size: Size) -> list[_Cut]:
        """Where all instalments of a story begin, in order."""
        if size == "scene":
            rows = await self._db.rows(
                "SELECT c.position AS position, c.id AS chapter, t.start AS start, t.text AS text, t.spans AS spans"
                " FROM chapters c JOIN prose_slices t ON t.chapter_id = c.id"
                " WHERE c.story_id = :story AND c.position IS NOT NULL ORDER BY c.position, t.start",
                {"story": story},
            )
            return await asyncio.to_thread(_scenes, rows)
        rows = await self._db.rows(
            "SELECT c.position AS position, p.start AS start, c.id AS chapter, p.in_chapter AS page"
            " FROM pages p JOIN chapters c ON c.id = p.chapter_id"
            " WHERE p.story_id = :story AND p.length = 0 ORDER BY p.number",
            {"story": story},
        )
        return [as_value(row, _Cut) for row in rows if size == "page" or row["page"] == 1]

    async def _text(self, spot: Spot, end: int | None, size: Size) -> tuple[Page, ...]:
        """The text from *spot* to *end*, or to the end of its chapter; of a chapter in long pages."""
        rows = await self._db.rows(
            "SELECT start, until FROM pages WHERE chapter_id = :chapter AND length = 1 ORDER BY start",
            {"chapter": spot.chapter},
        )
        last = rows[-1]["until"] if end is None else end
        inner = [row["start"] for row in rows if size == "chapter" and spot.offset < row["start"] < last]
        pages: list[Page] = []
        for start, stop in pairwise([spot.offset, *inner, last]):
            pages.append(Page(start, *await self._pages.text(spot.chapter, start, stop)))
        return tuple(pages)

    async def _passage(self, spot: Spot) -> str:
        text, _ = await self._pages.text(spot.chapter, spot.offset, spot.offset + ANCHOR_CHARS)
        return text


def _scenes(rows: Iterable[Row]) -> list[_Cut]:
    cuts: list[_Cut] = []
    for (position, chapter), slices in groupby(rows, key=lambda row: (row["position"], row["chapter"])):
        prose, spans = "", list[Span]()
        for each in slices:
            prose += each["text"]
            spans += [
                Span(each["start"] + begins, each["start"] + ends, kind)
                for begins, ends, kind in json.loads(each["spans"])
            ]
        cuts += [_Cut(position, start, chapter) for start in scene_starts(prose, spans)]
    return cuts
