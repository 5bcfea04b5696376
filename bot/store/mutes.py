"""Mutes: what a reader does not want to meet in lists, quotes and news. `visible_unmuted_sql` leaves it out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.mutes import Mute, Muted
from bot.store.database import Database
from bot.stories.folding import facet_key

MOST_MUTED = 25
"""Of each kind: as many as a select shows."""


class Mutes:
    """Tags (fandoms and characters among them) and authors, by reader."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, reader: int) -> list[Mute]:
        """What *reader* has muted, by name."""
        rows = await self._db.rows("SELECT id, kind, name FROM mutes WHERE user_id = ? ORDER BY kind, key", (reader,))
        return [Mute(*row) for row in rows]

    async def any(self, reader: int) -> bool:
        """Whether *reader* has muted anything."""
        return await self._db.row("SELECT 1 FROM mutes WHERE user_id = ? LIMIT 1", (reader,)) is not None

    async def add(self, reader: int, kind: Muted, names: Sequence[str]) -> int:
        """Mute *names*; how many there was no room for."""
        rows = {key: name for name in names if (key := facet_key(name))}
        async with self._db.transaction() as db:
            there = {
                key
                for (key,) in await db.execute_fetchall(
                    "SELECT key FROM mutes WHERE user_id = ? AND kind = ?", (reader, kind)
                )
            }
            new = [(reader, kind, key, name) for key, name in rows.items() if key not in there]
            room = max(0, MOST_MUTED - len(there))
            await db.executemany("INSERT INTO mutes (user_id, kind, key, name) VALUES (?, ?, ?, ?)", new[:room])
        return max(0, len(new) - room)

    async def drop(self, reader: int, mute: int) -> None:
        """Show again what *reader* muted under this id."""
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM mutes WHERE user_id = ? AND id = ?", (reader, mute))
