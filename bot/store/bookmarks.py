"""Bookmarks: passages that a reader keeps, with a note of theirs."""

from __future__ import annotations

import time

from bot.domain.audience import EVERYONE, Audience
from bot.domain.bookmarks import Bookmark
from bot.errors import ReaderError
from bot.store.database import Database, Row, visible_sql
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, SUMMARY, SUMMARY_WIDTH, chapter_of, summary_of
from bot.stories.anchors import anchor_at
from bot.stories.model import OpenPage, Spot

AT_MOST = 1000
"""Bookmarks that one reader may have."""

_PERCENT = (
    "(SELECT 100 * g.words_before / max(1, s.words) FROM pages g WHERE g.length = 1 AND g.chapter_id = b.chapter_id"
    " AND g.start <= b.start ORDER BY g.start DESC LIMIT 1)"
)


class Bookmarks:
    """A reader has one bookmark at a spot; its passage finds it again when the text has changed."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_sql(audience)
        self._found = (
            f"SELECT {SUMMARY}, {CHAPTER}, b.id, b.start, b.passage, b.note, b.made_at, {_PERCENT} FROM bookmarks b"
            f" JOIN {self._shown} s ON s.id = b.story_id JOIN chapters c ON c.id = b.chapter_id"
        )

    async def keep(self, reader: int, page: OpenPage, note: str) -> None:
        """Keep the passage that *page* begins with. Raises `ReaderError`."""
        async with self._db.transaction() as db:
            [(count,)] = await db.execute_fetchall("SELECT count(*) FROM bookmarks WHERE user_id = ?", (reader,))
            if count >= AT_MOST:
                raise ReaderError("too-many-bookmarks", most=AT_MOST)
            await db.execute(
                "INSERT INTO bookmarks (user_id, story_id, chapter_id, start, passage, note, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (user_id, chapter_id, start) DO UPDATE SET note = excluded.note",
                (
                    reader,
                    page.story.id,
                    page.spot.chapter,
                    page.spot.offset,
                    anchor_at(page.text.lstrip(), 0),
                    note,
                    int(time.time()),
                ),
            )

    async def at(self, reader: int, spot: Spot) -> str | None:
        """The note of the bookmark at *spot*, or None where there is none."""
        row = await self._db.row(
            "SELECT note FROM bookmarks WHERE user_id = ? AND chapter_id = ? AND start = ?",
            (reader, spot.chapter, spot.offset),
        )
        return str(row[0]) if row else None

    async def count(self, reader: int) -> int:
        row = await self._db.row(
            f"SELECT count(*) FROM bookmarks b JOIN {self._shown} s ON s.id = b.story_id WHERE b.user_id = ?", (reader,)
        )
        return int(row[0]) if row else 0

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[Bookmark]:
        """*reader*'s bookmarks, the latest first."""
        rows = await self._db.rows(
            f"{self._found} WHERE b.user_id = ? ORDER BY b.id DESC LIMIT ? OFFSET ?", (reader, limit, skip)
        )
        return [_bookmark(row) for row in rows]

    async def find(self, reader: int, bookmark: int) -> Bookmark:
        """A bookmark of *reader*'s. Raises `ReaderError`."""
        row = await self._db.row(f"{self._found} WHERE b.id = ? AND b.user_id = ?", (bookmark, reader))
        if row is None:
            raise ReaderError("bookmark-gone")
        return _bookmark(row)

    async def note(self, reader: int, bookmark: int, note: str) -> None:
        async with self._db.transaction() as db:
            await db.execute("UPDATE bookmarks SET note = ? WHERE id = ? AND user_id = ?", (note, bookmark, reader))

    async def drop(self, reader: int, bookmark: int) -> None:
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM bookmarks WHERE id = ? AND user_id = ?", (bookmark, reader))


def _bookmark(row: Row) -> Bookmark:
    story, chapter = summary_of(row), chapter_of(row, SUMMARY_WIDTH)
    number, start, passage, note, made_at, percent = row[SUMMARY_WIDTH + CHAPTER_WIDTH :]
    return Bookmark(number, story, chapter, Spot(chapter.id, start), passage, note, made_at, percent or 0)
