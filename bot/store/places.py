"""Where readers are: one place a reader and story, and the furthest point beside it."""

from __future__ import annotations

import time
from collections.abc import Iterable

from bot.domain.audience import EVERYONE, Audience
from bot.domain.places import Horizon, Place
from bot.store.database import Database, visible_sql
from bot.store.posts import keep_page
from bot.store.rows import SUMMARY, summary_of
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.stories.passages import passage_at


class Places:
    """Moved by every turn of a page."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_sql(audience)

    async def move(self, reader: int, page: OpenPage, guild: int | None = None, message: int = 0) -> None:
        """The reader has turned to *page*: the latest turn wins; the furthest point only moves on.

        The *message* that now shows the page to all, if there is one, is remembered for what is put on it.
        """
        now = time.time_ns()
        passage = passage_at(page.text, 0)
        finished = now // 1_000_000_000 if page.is_last else None
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO places (user_id, story_id, chapter_id, start, passage,"
                " furthest_chapter_id, furthest_start, furthest_passage, finished_at, finished_in, moved_at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?3, ?4, ?5, ?6, ?7, ?8)"
                " ON CONFLICT (user_id, story_id) DO UPDATE SET chapter_id = excluded.chapter_id,"
                " start = excluded.start, passage = excluded.passage, moved_at = excluded.moved_at,"
                " finished_in = iif(places.finished_at IS NULL, excluded.finished_in, places.finished_in),"
                " finished_at = coalesce(places.finished_at, excluded.finished_at)",
                (reader, page.story.id, page.spot.chapter, page.spot.offset, passage, finished, guild or 0, now),
            )
            moved_on = await db.execute(
                "UPDATE places SET furthest_chapter_id = ?3, furthest_start = ?4, furthest_passage = ?5"
                " WHERE user_id = ?1 AND story_id = ?2 AND (furthest_start < ?4 OR furthest_chapter_id <> ?3)"
                " AND (SELECT (coalesce(f.number, 0), places.furthest_start) < (n.number, ?4)"
                "      FROM chapters f, chapters n WHERE f.id = places.furthest_chapter_id AND n.id = ?3)",
                (reader, page.story.id, page.spot.chapter, page.spot.offset, passage),
            )
            await db.execute(
                "INSERT INTO reading_lists (user_id, story_id, list, changed_at) VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT (user_id, story_id) DO UPDATE SET changed_at = excluded.changed_at,"
                " list = iif(reading_lists.list = 'finished' AND NOT ?5, 'finished', excluded.list)",
                (reader, page.story.id, "finished" if page.is_last else "reading", now, moved_on.rowcount > 0),
            )
            if message:
                await keep_page(db, message, page.spot)

    async def of(self, reader: int, story: int) -> Place | None:
        """Where *reader* is in a story, or None where they have not begun it."""
        row = await self._db.row(
            "SELECT p.chapter_id, p.start, p.finished_at, p.furthest_chapter_id, p.furthest_start, p.moved_at,"
            " (coalesce(c.number, 0), p.start) < (coalesce(f.number, 0), p.furthest_start)"
            " FROM places p JOIN chapters c ON c.id = p.chapter_id JOIN chapters f ON f.id = p.furthest_chapter_id"
            " WHERE p.user_id = ? AND p.story_id = ?",
            (reader, story),
        )
        if row is None:
            return None
        chapter, start, finished, furthest_chapter, furthest_start, moved, behind = row
        furthest = Spot(furthest_chapter, furthest_start)
        return Place(story, Spot(chapter, start), finished is not None, furthest, bool(behind), moved // 1_000_000_000)

    async def horizon(self, reader: int, stories: Iterable[int]) -> Horizon:
        """How far *reader* has been in some stories; nothing is hidden from one who wants to see everything."""
        row = await self._db.row("SELECT veil FROM reader_settings WHERE user_id = ?", (reader,))
        if row is not None and not row[0]:
            return Horizon({}, is_veiling=False)
        asked = sorted(set(stories))
        rows = await self._db.rows(
            "SELECT p.story_id, iif(l.list = 'finished', 1 << 40, coalesce(f.number, 0)), coalesce((SELECT g.until"
            "  FROM pages g WHERE g.chapter_id = p.furthest_chapter_id AND g.length = 1 AND g.start <= p.furthest_start"
            "  ORDER BY g.start DESC LIMIT 1), 0)"
            " FROM places p JOIN chapters f ON f.id = p.furthest_chapter_id"
            " LEFT JOIN reading_lists l ON l.user_id = p.user_id AND l.story_id = p.story_id"
            f" WHERE p.user_id = ? AND p.story_id IN ({', '.join('?' * len(asked))})",
            (reader, *asked),
        )
        return Horizon({int(story): (int(number), int(end)) for story, number, end in rows})

    async def latest(self, reader: int) -> StorySummary | None:
        """The story that *reader* last turned a page of."""
        row = await self._db.row(
            f"SELECT {SUMMARY}"
            f" FROM places p JOIN {self._shown} s ON s.id = p.story_id"
            " WHERE p.user_id = ? ORDER BY p.moved_at DESC LIMIT 1",
            (reader,),
        )
        return summary_of(row) if row else None
