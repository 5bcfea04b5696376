"""What whoever runs the bot announces: a draft that they send, and a notice to each server that wishes to hear it."""

import json

from bot.errors import ReaderError
from bot.store.database import Family, Writing, transaction

_DRAFT = "announcement-draft"
_WISH = "FROM server_settings WHERE announcements = 1 AND news_channel IS NOT NULL"


class Announcements(Family):
    """One draft at a time: a new one takes the place of the one before."""

    async def draft(self, text: str) -> int:
        """Keep *text* until it is sent; return its number, the moment at which it was written."""
        number = self._db.now()
        await self._db.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            {"name": _DRAFT, "value": json.dumps([number, text])},
        )
        return number

    async def servers(self) -> int:
        """Return how many servers wish to hear announcements."""
        return await self._db.number(f"SELECT count(*) {_WISH}")

    @transaction
    def send(self, writing: Writing, number: int) -> int:
        """Queue the draft, once, for each server that wishes to hear it; return how many these are.

        Raises `ReaderError` where it was sent, or another was written meanwhile.
        """
        writing.take_everything()
        row = writing.row("SELECT value FROM bot_state WHERE name = :name", {"name": _DRAFT})
        written, text = json.loads(row["value"]) if row else (None, "")
        if written != number:
            raise ReaderError("announcement-gone")
        writing.execute("DELETE FROM bot_state WHERE name = :name", {"name": _DRAFT})
        found = writing.row(f"SELECT count(*) AS servers {_WISH}", {})
        writing.execute(
            "INSERT INTO notices (kind, guild_id, user_id, subject, title, reason, tries, due_at)"
            f" SELECT 'announcement', guild_id, 0, :number, '', :text, 0, :now {_WISH}",
            {"number": number, "text": text, "now": self._db.now()},
        )
        return int(found["servers"]) if found else 0
