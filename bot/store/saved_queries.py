"""What readers asked for, kept under a number: a button has no room for what was typed."""

from __future__ import annotations

import time
from typing import Literal

from bot.store.database import Database

QueryKind = Literal["stories", "passages", "quotes"]

KEPT_SECONDS = 30 * 24 * 60 * 60
"""Seconds since it was last asked for that something is kept."""

FRESH_SECONDS = 24 * 60 * 60
"""Seconds in which asking again is not written down."""

KEPT_EACH = 30
"""Of what one reader asked so many are kept of each kind; what was asked for longest ago goes first."""


class SavedQueries:
    """A reader has one number for the same question."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def keep(self, reader: int, what: QueryKind, text: str) -> int:
        """The number of what *reader* asks; *text* is it as a row holds it."""
        now = int(time.time())
        kept = await self._db.row(
            "SELECT id FROM saved_queries WHERE user_id = ? AND kind = ? AND text = ? AND used_at > ?",
            (reader, what, text, now - FRESH_SECONDS),
        )
        if kept is not None:  # a list that is turned page by page writes nothing
            return int(kept[0])
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM saved_queries WHERE used_at < ?", (now - KEPT_SECONDS,))
            [(number,)] = await db.execute_fetchall(
                "INSERT INTO saved_queries (user_id, kind, text, used_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (user_id, kind, text) DO UPDATE SET used_at = excluded.used_at RETURNING id",
                (reader, what, text, now),
            )
            await db.execute(
                "DELETE FROM saved_queries WHERE user_id = ?1 AND kind = ?2 AND id NOT IN"
                " (SELECT id FROM saved_queries WHERE user_id = ?1 AND kind = ?2 ORDER BY used_at DESC, id DESC LIMIT ?3)",
                (reader, what, KEPT_EACH),
            )
        return int(number)

    async def find(self, what: QueryKind, number: int, reader: int | None = None) -> str | None:
        """What a number stands for, of *reader*'s alone where one is given; None where it is no longer kept."""
        row = await self._db.row(
            "SELECT text FROM saved_queries WHERE id = ?1 AND kind = ?2 AND (?3 IS NULL OR user_id = ?3)",
            (number, what, reader),
        )
        return str(row[0]) if row else None
