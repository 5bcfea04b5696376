"""Opening pages and instalments: the text at a spot, cut to the length that the reader or server chose.

The prose is stored once, in slices; page starts are stored for two page lengths. Buttons and bookmarks hold a chapter
and an offset, so they mean the same spot for either length.
"""

import asyncio
import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bot.domain.rights import EVERYONE, Audience
from bot.errors import ChapterGone, StoryGated, StoryGone
from bot.store.database import Database, Family, Reading, Row, Value, lookup
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, notes_of, summary_of
from bot.store.settings import chosen_sql
from bot.store.visibility import visible_sql, why_not_visible
from bot.stories.anchors import ANCHOR_CHARS
from bot.stories.emphasis import within
from bot.stories.instalments import Instalment, Size, scene_starts
from bot.stories.model import SCENE_BREAK, ChapterSummary, OpenPage, Page, Span, Spot, StorySummary

_LENGTH = f"CASE {chosen_sql('page_length', ':reader')} WHEN 'desktop' THEN 1 ELSE 0 END"
"""SQL: the reader's page length, as a number (0 or 1)."""

_LAST_NUMBER = "(SELECT max(number) FROM pages WHERE story_id = p.story_id AND length = p.length)"
_AROUND = {"first": "1", "previous": "p.number - 1", "following": "p.number + 1", "last": _LAST_NUMBER}
"""SQL: the page numbers that the navigation buttons lead to, by name."""

_OPEN = (
    "WITH p AS (SELECT * FROM pages WHERE chapter_id = :chapter AND start <= :offset"
    f" AND length = {_LENGTH} ORDER BY start DESC LIMIT 1)"
    f" SELECT {SUMMARY}, {CHAPTER}, p.number AS number, p.in_chapter AS in_chapter, p.start AS start,"
    " p.until AS until, p.words_before AS words_before, p.words AS words, last.number AS last_number,"
    " (SELECT in_chapter FROM pages WHERE chapter_id = p.chapter_id AND length = p.length"
    "  ORDER BY start DESC LIMIT 1) AS last_in_chapter,"
    " s.notes_before AS story_before, s.notes_after AS story_after,"
    " c.notes_before AS chapter_before, c.notes_after AS chapter_after,"
    + "".join(f" {page}.chapter_id AS {page}_chapter, {page}.start AS {page}_start," for page in _AROUND)
    + " x.start AS slice_start, x.text AS text, x.spans AS spans"
    " FROM p JOIN chapters c ON c.id = p.chapter_id JOIN {shown} s ON s.id = p.story_id"
    " JOIN prose_slices x ON x.chapter_id = p.chapter_id AND x.start < p.until AND x.start >="
    " (SELECT max(start) FROM prose_slices WHERE chapter_id = p.chapter_id AND start <= p.start)"
    + "".join(
        f" LEFT JOIN pages {page} ON {page}.story_id = p.story_id AND {page}.length = p.length"
        f" AND {page}.number = {number}"
        for page, number in _AROUND.items()
    )
    + " ORDER BY x.start"
)


class Pages(Family):
    """Pages of the stories that the audience may see."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = visible_sql(audience)

    @lookup
    def open(self, reading: Reading, spot: Spot, reader: int = 0) -> OpenPage:
        """Return the page that contains *spot*, in *reader*'s page length.

        Raises `StoryGone`, `StoryGated` or `ChapterGone` if there is no such page or the audience may not see it.
        """
        rows = reading.rows(*page_query(spot, reader, self._shown))
        if not rows:
            raise self._why_missing(reading, spot.chapter)
        return page_of(rows)

    async def spot(self, chapter: ChapterSummary, page: int, reader: int = 0) -> Spot:
        """Return the start of page number *page* of a chapter, or of its last page, in *reader*'s page length.

        Raises `StoryGone` if the chapter has no pages.
        """
        row = await self._db.row(
            "SELECT max(start) AS start FROM"
            f" (SELECT start FROM pages WHERE chapter_id = :chapter AND length = {_LENGTH}"
            " ORDER BY start LIMIT :page) p",
            {"chapter": chapter.id, "reader": reader, "page": max(1, page)},
        )
        if row is None or row["start"] is None:
            raise StoryGone
        return Spot(chapter.id, row["start"])

    async def at_percent(self, story: StorySummary, percent: int, reader: int = 0) -> Spot:
        """Return the start of the page at *percent* of a story's words. Raises `StoryGone` if the story has no pages.

        Pages have *reader*'s page length.
        """
        row = await self._db.row(
            f"SELECT chapter_id, start FROM pages WHERE story_id = :story AND length = {_LENGTH}"
            " AND words_before <= :words ORDER BY words_before DESC, number DESC LIMIT 1",
            {"story": story.id, "reader": reader, "words": max(0, story.words - 1) * percent // 100},
        )
        if row is None:
            raise StoryGone
        return Spot(row["chapter_id"], row["start"])

    async def next_scene(self, page: OpenPage) -> Spot | None:
        """Return the start of the chapter's next scene after *page*, or None if *page* has the last one."""
        chapter, shown = page.spot.chapter, page.spot.offset + len(page.text.rstrip())
        start = shown
        tail = ""
        while True:
            rows = await self._db.rows(
                "SELECT start, text FROM prose_slices WHERE chapter_id = :chapter AND start + length(text) > :start"
                " AND start >= coalesce((SELECT max(start) FROM prose_slices"
                "  WHERE chapter_id = :chapter AND start <= :start), 0) ORDER BY start LIMIT 40",
                {"chapter": chapter, "start": start},
            )
            if not rows:
                return None
            prose, begins = tail + "".join(row["text"] for row in rows), rows[0]["start"] - len(tail)
            at = prose.find(SCENE_BREAK, max(0, shown - begins))
            if at >= 0:
                return Spot(chapter, begins + at + len(SCENE_BREAK))
            tail, start = prose[-len(SCENE_BREAK) :], begins + len(prose)

    @lookup
    def ends(self, reading: Reading, story: int, reader: int = 0) -> tuple[Spot, Spot]:
        """Return the starts of a story's first and last page. Raises `StoryGone` or `StoryGated`."""
        rows = reading.rows(
            f"SELECT p.chapter_id AS chapter_id, p.start AS start FROM {self._shown} s"
            f" JOIN pages p ON p.story_id = s.id WHERE s.id = :story AND p.length = {_LENGTH}"
            f" AND p.number IN (1, {_LAST_NUMBER}) ORDER BY p.number",
            {"story": story, "reader": reader},
        )
        if not rows:
            raise why_not_visible(reading, story, self._audience)
        first, last = rows[0], rows[-1]
        return Spot(first["chapter_id"], first["start"]), Spot(last["chapter_id"], last["start"])

    async def text(self, chapter: int, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """Return a chapter's prose from offset *start* to *end*, and its emphasis spans with offsets from *start*."""
        rows = await self._db.rows(
            "SELECT start AS slice_start, text, spans FROM prose_slices WHERE chapter_id = :chapter AND start < :end"
            " AND start >= (SELECT max(start) FROM prose_slices WHERE chapter_id = :chapter AND start <= :start)"
            " ORDER BY start",
            {"chapter": chapter, "start": start, "end": end},
        )
        return _cut(rows, start, end)

    def _why_missing(self, reading: Reading, chapter: int) -> StoryGone | StoryGated | ChapterGone:
        row = reading.row(
            "SELECT s.id AS story_id, s.title AS title FROM chapters c JOIN stories s ON s.id = c.story_id"
            " WHERE c.id = :chapter",
            {"chapter": chapter},
        )
        if row is None:
            return StoryGone()
        if reading.row(f"SELECT 1 FROM {self._shown} s WHERE s.id = :story", {"story": row["story_id"]}) is None:
            return why_not_visible(reading, row["story_id"], self._audience)
        return ChapterGone(row["title"])


def page_query(spot: Spot, reader: int, shown: str) -> tuple[str, dict[str, Value]]:
    """Return the SELECT of *reader*'s page that contains *spot*, and its parameters.

    *shown* is the subquery of the visible stories (`visible_sql`).
    """
    return _OPEN.format(shown=shown), {"chapter": spot.chapter, "offset": spot.offset, "reader": reader}


def page_of(rows: Sequence[Row]) -> OpenPage:
    """Return the page that the SELECT of `page_query` found: *rows* has a row for each slice of prose on the page."""
    row = rows[0]
    text, spans = _cut(rows, row["start"], row["until"])
    previous, following = _spot(row, "previous"), _spot(row, "following")
    first, last = _spot(row, "first"), _spot(row, "last")
    assert first is not None and last is not None
    opens_chapter, closes_chapter = row["in_chapter"] == 1, row["in_chapter"] == row["last_in_chapter"]
    story_before = notes_of(row["story_before"]) if previous is None else ()
    story_after = notes_of(row["story_after"]) if following is None else ()
    return OpenPage(
        story=replace(summary_of(row), pages=row["last_number"]),
        chapter=replace(chapter_of(row), pages=row["last_in_chapter"]),
        text=text,
        spot=Spot(row["chapter_id"], row["start"]),
        number=row["in_chapter"],
        words_before=row["words_before"],
        words=row["words"],
        spans=spans,
        notes_before=story_before + notes_of(row["chapter_before"]) if opens_chapter else (),
        notes_after=notes_of(row["chapter_after"]) + story_after if closes_chapter else (),
        first=first,
        previous=previous,
        following=following,
        last=last,
    )


def _spot(row: Row, page: str) -> Spot | None:
    chapter = row[f"{page}_chapter"]
    return None if chapter is None else Spot(chapter, row[f"{page}_start"])


def _cut(rows: Sequence[Row], start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    """Return a chapter's prose and spans from *start* to *end*, cut from *rows* of prose slices."""
    first = rows[0]["slice_start"]
    prose = "".join(row["text"] for row in rows)
    spans = [
        Span(row["slice_start"] - first + begins, row["slice_start"] - first + ends, kind)
        for row in rows
        for begins, ends, kind in json.loads(row["spans"])
    ]
    return prose[start - first : end - first], tuple(within(spans, start - first, end - first))


@dataclass(frozen=True, slots=True, order=True)
class _Cut:
    """The start of an instalment. Sorts in reading order."""

    position: int
    """Position of the chapter in the story."""
    start: int
    chapter: int

    @property
    def spot(self) -> Spot:
        return Spot(self.chapter, self.start)


class Instalments(Family):
    """Instalments of the stories that the audience may see."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = visible_sql(audience)
        self._pages = Pages(db, audience)

    async def open(self, story: int, spot: Spot, size: Size) -> Instalment | None:
        """Return the instalment that begins at *spot*; None at the end of the story, or if the chapter is gone.

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
        """Return the start of the instalment at *spot*; None at the end of the story, or if the chapter is gone.

        The start is the next word in the chapter or, at the chapter's end, the next chapter's first instalment.
        """
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
        """Return the starts of all instalments of a story, in order."""
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
        """Return the text from *spot* to *end* (None: the chapter's end) as one page; a chapter as its long pages."""
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
