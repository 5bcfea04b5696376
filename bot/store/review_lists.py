"""Reviews as they are looked at: who sees which, in which order, and of which stories.

A review is seen in the server where it was left, by those there, and by the story's writers wherever they are. Its text
goes where its story may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.reviews import Review, ReviewScope, Viewer
from bot.errors import ChapterGone, ReaderError
from bot.store.database import Database, Row, Value, visible_sql, visible_to_author_sql, why_not_visible
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.stories.model import ChapterSummary, StorySummary

REASONS_AT_ONCE = 20
"""Reasons of reports that are shown together."""

LAST_CHAPTER = 1 << 39
"""The number of a chapter after all others, and before what `Places.horizon` says of one who has finished."""

_REVIEW = (
    "SELECT r.id, r.user_id, r.name, r.guild_id, r.story_id, r.chapter_id, r.text, r.state, r.left_at, r.edited_at,"
    " r.waits,"
    " (SELECT count(*) FROM review_reports p WHERE p.review_id = r.id),"
    " (SELECT g.start FROM pages g WHERE g.chapter_id = c.id AND g.length = 1 ORDER BY g.start DESC LIMIT 1),"
    f" {CHAPTER} FROM reviews r LEFT JOIN chapters c ON c.id = r.chapter_id AND c.number IS NOT NULL"
)
_WIDTH = 13

Clause = tuple[str, tuple[Value, ...]]
"""A condition on reviews *r*, with its values."""


class ReviewLists:
    """The reviews of the stories that may be shown; of any other story only that there is one."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._gates = [visible_sql(audience), *([visible_to_author_sql(audience.reader)] if audience.direct else [])]

    async def story(self, story: int) -> StorySummary:
        """A story by its id; in a direct message also what its reader wrote. Raises `StoryGone` or `StoryGated`."""
        found = await entries(self._db, self._gates, [story])
        if story not in found:
            raise await why_not_visible(self._db, story, self._audience)
        return found[story]

    async def chapter(self, story: StorySummary, chapter: int) -> ChapterSummary | None:
        """A chapter of a story by its id, None for 0. Raises `ChapterGone`."""
        row = await self._db.row(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.id = ? AND c.story_id = ? AND c.number IS NOT NULL",
            (chapter, story.id),
        )
        if chapter and row is None:
            raise ChapterGone(story.title)
        return chapter_of(row) if row else None

    async def count(self, story: int, guild: int) -> int:
        """How many reviews of a story all who are in *guild* see."""
        here = ("r.story_id = ? AND r.guild_id = ? AND r.state = 'shown'", (story, guild))
        return await self._count(here) if guild else 0

    async def waiting(self, guild: int) -> int:
        """How many reviews those who manage *guild* have yet to look at."""
        return await self._count(("r.guild_id = ? AND r.waits = 1", (guild,)))

    async def of(self, reader: int, story: int, chapter: int) -> Review | None:
        """What *reader* said of a story, or of a chapter of it."""
        where = "r.user_id = ? AND r.story_id = ? AND r.chapter_id = ? AND r.state <> 'gone'"
        return next(iter(await self._find((where, (reader, story, chapter)), 1)), None)

    async def find(self, review: int, viewer: Viewer) -> Review:
        """A review by its id. Raises `ReaderError` also where *viewer* does not see it."""
        found = await self._find(("r.id = ? AND r.state <> 'gone'", (review,)), 1)
        if not found or not await self._sees(viewer, found[0]):
            raise ReaderError("review-gone")
        return found[0]

    async def _sees(self, viewer: Viewer, review: Review) -> bool:
        if review.reader == viewer.reader or (viewer.guild and viewer.guild == review.guild and viewer.manages):
            return True
        is_here = bool(viewer.guild) and viewer.guild == review.guild
        return review.state == "shown" and (is_here or await self._wrote(viewer.reader, review.story_id))

    async def list(self, which: ReviewScope, story: int, viewer: Viewer, limit: int, skip: int) -> list[Review]:
        """What *viewer* sees: their own first, then the latest; of what waits the first."""
        found: list[Review] = []
        for clause in await self._clauses(which, story, viewer):
            here = await self._find(clause, limit - len(found), skip, oldest_first=which == "waiting")
            skip = 0 if here else skip - await self._count(clause)
            found += here
        return found

    async def total(self, which: ReviewScope, story: int, viewer: Viewer) -> int:
        """How many these are."""
        return sum([await self._count(clause) for clause in await self._clauses(which, story, viewer)])

    async def _clauses(self, which: ReviewScope, story: int, viewer: Viewer) -> Sequence[Clause]:
        """What *viewer* sees, part by part."""
        if which == "waiting":
            return [("r.guild_id = ? AND r.waits = 1", (viewer.guild,))] if viewer.manages else []
        if which == "mine":
            return [("r.user_id = ? AND r.state <> 'gone'", (viewer.reader,))]
        # The plus keeps SQLite from walking all reviews of the story, in their order, for the few of one reader.
        own = ("r.user_id = ? AND +r.story_id = ? AND r.state <> 'gone'", (viewer.reader, story))
        if viewer.guild:
            states = "<> 'gone'" if viewer.manages else "= 'shown'"
            here = f"r.story_id = ? AND r.guild_id = ? AND r.user_id <> ? AND r.state {states}"
            return [own, (here, (story, viewer.guild, viewer.reader))]
        if await self._wrote(viewer.reader, story):
            return [own, ("r.story_id = ? AND r.user_id <> ? AND r.state = 'shown'", (story, viewer.reader))]
        return [own]

    async def _wrote(self, reader: int, story: int) -> bool:
        row = await self._db.row("SELECT 1 FROM story_authors WHERE story_id = ? AND user_id = ?", (story, reader))
        return row is not None

    async def _count(self, clause: Clause) -> int:
        row = await self._db.row(f"SELECT count(*) FROM reviews r WHERE {clause[0]}", clause[1])
        return int(row[0]) if row else 0

    async def _find(self, clause: Clause, limit: int, skip: int = 0, *, oldest_first: bool = False) -> Sequence[Review]:
        return await reviews_where(self._db, self._gates, clause, limit, skip, oldest_first=oldest_first)

    async def reasons(self, reviews: Sequence[int]) -> dict[int, list[str]]:
        """Why some reviews were reported, the latest reason first."""
        if not reviews:
            return {}
        rows = await self._db.rows(
            f"SELECT review_id, reason FROM review_reports WHERE review_id IN ({', '.join('?' * len(reviews))})"
            " ORDER BY reported_at DESC LIMIT ?",
            (*reviews, REASONS_AT_ONCE),
        )
        return {review: [reason for of, reason in rows if of == review] for review in reviews}


async def reviews_where(
    db: Database, gates: Sequence[str], clause: Clause, limit: int, skip: int = 0, *, oldest_first: bool = False
) -> list[Review]:
    """Reviews that *clause* finds; their stories and texts where one of the *gates* shows the story."""
    where, values = clause
    order = "ASC" if oldest_first else "DESC"
    rows = await db.rows(f"{_REVIEW} WHERE {where} ORDER BY r.id {order} LIMIT ? OFFSET ?", (*values, limit, skip))
    stories = await entries(db, gates, {int(row[4]) for row in rows})
    return [_review(row, stories.get(int(row[4]))) for row in rows]


async def entries(db: Database, gates: Sequence[str], stories: Iterable[int]) -> dict[int, StorySummary]:
    """Those of some stories that one of the *gates* shows, by their ids."""
    asked = sorted(stories)
    if not asked:  # SQLite would look through all of them for none
        return {}
    marks = ", ".join("?" * len(asked))
    rows = [
        row for gate in gates for row in await db.rows(f"SELECT {SUMMARY} FROM {gate} s WHERE s.id IN ({marks})", asked)
    ]
    return {int(row[0]): summary_of(row) for row in rows}


def _review(row: Row, story: StorySummary | None) -> Review:
    number, reader, name, guild, of, chapter_id, text, state, left_at, edited_at, waits, reports, end = row[:_WIDTH]
    chapter = chapter_of(row, _WIDTH) if row[_WIDTH] is not None else None
    return Review(
        id=number,
        reader=reader,
        name=name,
        guild=guild,
        story_id=of,
        story=story,
        chapter_id=chapter_id,
        chapter=chapter,
        text=text if story else "",
        state=state,
        left_at=left_at,
        edited_at=edited_at,
        reports=reports,
        waits=bool(waits),
        until=(chapter.number, end or 0) if chapter else (LAST_CHAPTER, 0),
    )
