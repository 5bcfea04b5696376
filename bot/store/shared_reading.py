"""Stories that are read together: a page that one reader turns for all."""

from __future__ import annotations

import time

from bot.domain.shared_reading import SharedReading
from bot.store.database import Database


class SharedReadings:
    """Known by the message that shows the page."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def begin(self, message: int, story: int, reader: int) -> None:
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO shared_readings (message_id, story_id, user_id, begun_at) VALUES (?, ?, ?, ?)",
                (message, story, reader, int(time.time())),
            )

    async def of(self, message: int) -> SharedReading | None:
        """The session whose page *message* shows."""
        row = await self._db.row("SELECT user_id FROM shared_readings WHERE message_id = ?", (message,))
        return SharedReading(message, int(row[0])) if row else None

    async def hand_over(self, message: int, holder: int, to: int) -> bool:
        """Let *to* turn the pages from now on; False where *holder* does not turn them any more."""
        async with self._db.transaction() as db:
            cursor = await db.execute(
                "UPDATE shared_readings SET user_id = ? WHERE message_id = ? AND user_id = ?", (to, message, holder)
            )
            return cursor.rowcount > 0
