"""Who says that they wrote a story, until those who answer for its shelf have answered."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.authors import Claim
from bot.errors import ReaderError
from bot.store.database import Database, Row, visible_sql
from bot.store.publishing import FOLDER
from bot.store.rows import SUMMARY, SUMMARY_WIDTH, summary_of

OPEN_SECONDS = 30 * 24 * 60 * 60
"""Seconds that a claim waits for an answer."""

OPEN_EACH = 3
"""Claims that one reader may have waiting."""


class Claims:
    """One a reader and story. `Writers.link` approves it."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._open = (
            f"SELECT {SUMMARY}, c.id, c.user_id FROM claims c CROSS JOIN {visible_sql(audience)} s ON s.id = c.story_id"
            " WHERE c.made_at > :since"
        )

    async def make(self, story: int, reader: int) -> int:
        """*reader* says that they wrote *story*; the number of the claim, the same if they said so before.

        Raises `ReaderError`.
        """
        now = int(time.time())
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM claims WHERE made_at <= ?", (now - OPEN_SECONDS,))
            [(others,)] = await db.execute_fetchall(
                "SELECT count(*) FROM claims WHERE user_id = ? AND story_id <> ?", (reader, story)
            )
            if others >= OPEN_EACH:
                raise ReaderError("too-many-claims", most=OPEN_EACH)
            [(claim,)] = await db.execute_fetchall(
                "INSERT INTO claims (story_id, shelf, user_id, made_at)"
                " SELECT id, shelf, ?, ? FROM stories WHERE id = ? ON CONFLICT (story_id, user_id)"
                " DO UPDATE SET made_at = excluded.made_at RETURNING id",
                (reader, now, story),
            )
        return int(claim)

    async def find(self, claim: int) -> Claim:
        """An open claim. Raises `ReaderError`."""
        row = await self._db.row(f"{self._open} AND c.id = :claim", {"since": _since(), "claim": claim})
        if row is None:
            raise ReaderError("claim-gone")
        return _claim(row)

    async def open(self, shelves: Sequence[int], limit: int) -> list[Claim]:
        """The claims to stories of some shelves (servers; 0 for the bot's own folder), the oldest first."""
        names = {f"shelf{i}": str(shelf) if shelf else FOLDER for i, shelf in enumerate(shelves)}
        rows = await self._db.rows(
            f"{self._open} AND c.shelf IN ({', '.join(f':{name}' for name in names)}) ORDER BY c.id LIMIT :limit",
            {"since": _since(), "limit": limit, **names},
        )
        return [_claim(row) for row in rows]

    async def refuse(self, claim: int) -> None:
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM claims WHERE id = ?", (claim,))


def _since() -> int:
    return int(time.time()) - OPEN_SECONDS


def _claim(row: Row) -> Claim:
    return Claim(int(row[SUMMARY_WIDTH]), summary_of(row), int(row[SUMMARY_WIDTH + 1]))
