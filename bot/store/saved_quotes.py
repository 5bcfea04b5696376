"""The quotes that readers keep."""

from __future__ import annotations

import time

from bot.domain.audience import EVERYONE, Audience
from bot.domain.quotes import SavedQuote
from bot.errors import ReaderError
from bot.store.database import Database, Row, visible_sql
from bot.store.quotes import COLUMNS, WIDTH, quote_of

AT_MOST = 1000
"""Quotes that one reader may keep."""


class SavedQuotes:
    """A reader keeps a quote once, also when an edit takes its words out of the story."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_sql(audience)
        self._kept = (
            f"SELECT {COLUMNS}, v.saved_at, q.is_there FROM saved_quotes v CROSS JOIN quotes q ON q.id = v.quote_id"
            f" JOIN chapters c ON c.id = q.chapter_id JOIN {self._shown} s ON s.id = q.story_id AND s.may_quote = 1"
        )

    async def keep(self, reader: int, quote: int, guild: int | None) -> bool:
        """Keep a quote; False where it is kept already. Raises `ReaderError`."""
        async with self._db.transaction() as db:
            [(count,)] = await db.execute_fetchall("SELECT count(*) FROM saved_quotes WHERE user_id = ?", (reader,))
            if count >= AT_MOST:
                raise ReaderError("too-many-saved", most=AT_MOST)
            cursor = await db.execute(
                "INSERT INTO saved_quotes (user_id, quote_id, guild_id, saved_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (reader, quote, guild or 0, int(time.time())),
            )
            return cursor.rowcount > 0

    async def drop(self, reader: int, quote: int) -> None:
        """Keep it no more."""
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM saved_quotes WHERE user_id = ? AND quote_id = ?", (reader, quote))

    async def count(self, reader: int) -> int:
        row = await self._db.row(
            "SELECT count(*) FROM saved_quotes v CROSS JOIN quotes q ON q.id = v.quote_id"
            f" JOIN {self._shown} s ON s.id = q.story_id AND s.may_quote = 1 WHERE v.user_id = ?",
            (reader,),
        )
        return int(row[0]) if row else 0

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[SavedQuote]:
        """What *reader* keeps, the latest first."""
        rows = await self._db.rows(
            f"{self._kept} WHERE v.user_id = ? ORDER BY v.id DESC LIMIT ? OFFSET ?", (reader, limit, skip)
        )
        return [_saved(row) for row in rows]

    async def find(self, reader: int, quote: int) -> SavedQuote:
        """One that *reader* keeps. Raises `ReaderError`."""
        row = await self._db.row(f"{self._kept} WHERE v.user_id = ? AND v.quote_id = ?", (reader, quote))
        if row is None:
            raise ReaderError("saved-gone")
        return _saved(row)


def _saved(row: Row) -> SavedQuote:
    saved_at, is_there = row[WIDTH:]
    return SavedQuote(quote_of(row), saved_at, bool(is_there))
