"""Small things the bot must remember about itself, by name."""

from __future__ import annotations

from bot.store.database import Database


class BotState:
    """Named texts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def read(self, name: str) -> str | None:
        row = await self._db.row("SELECT value FROM bot_state WHERE name = ?", (name,))
        return row[0] if row else None

    async def write(self, name: str, value: str) -> None:
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO bot_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )
