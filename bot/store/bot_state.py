"""Small texts that the bot remembers about itself, by name, such as which commands Discord has."""

from bot.store.database import Family


class BotState(Family):
    """Texts by name. Writing a name again replaces its text."""

    async def read(self, name: str) -> str | None:
        row = await self._db.row("SELECT value FROM bot_state WHERE name = :name", {"name": name})
        return row["value"] if row else None

    async def write(self, name: str, value: str) -> None:
        await self._db.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            {"name": name, "value": value},
        )
