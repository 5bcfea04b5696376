"""The steps that bring a database file from any released version to this one: the SQL files here, by their numbers.

A step once released is never edited; a change is a new file with the next number. Before the first release they are
edited in place.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import aiosqlite

STEPS: tuple[str, ...] = tuple(path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.sql")))


async def migrate(db: aiosqlite.Connection, steps: Sequence[str] = STEPS) -> None:
    """Run the steps that *db* has not had; each lands whole, with its record, or not at all."""
    await db.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, ran_at INTEGER NOT NULL)")
    [(done,)] = await db.execute_fetchall("SELECT coalesce(max(number), 0) FROM migrations")
    for number, step in enumerate(steps[done:], start=done + 1):
        record = f"INSERT INTO migrations VALUES ({number}, {int(time.time())})"
        try:
            await db.executescript(f"BEGIN; {step}; {record}; COMMIT;")
        except aiosqlite.Error:
            await db.rollback()
            raise
