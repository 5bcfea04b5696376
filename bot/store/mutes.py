"""Mutes: what a reader does not want to meet in lists, quotes and news. `visible_unmuted_sql` leaves it out."""

from collections.abc import Sequence

from bot.domain.mutes import Mute, MuteKind
from bot.store.database import Family, Writing, transaction
from bot.store.engines import alone
from bot.store.rows import as_value
from bot.stories.folding import facet_key

MOST_MUTED = 25
"""The most mutes of one kind: as many as a select shows."""


class Mutes(Family):
    """A reader's muted tags (fandoms and characters among them) and authors."""

    async def of(self, reader: int) -> list[Mute]:
        """Return what *reader* has muted, by name."""
        rows = await self._db.rows(
            "SELECT id, kind, name FROM mutes WHERE user_id = :reader ORDER BY kind, key", {"reader": reader}
        )
        return [as_value(row, Mute) for row in rows]

    @transaction
    def add(self, writing: Writing, reader: int, kind: MuteKind, names: Sequence[str]) -> int:
        """Mute *names*; return how many there was no room for."""
        writing.take(alone("reader", reader))
        wanted = {key: name for name in names if (key := facet_key(name))}
        rows = writing.rows(
            "SELECT key FROM mutes WHERE user_id = :reader AND kind = :kind", {"reader": reader, "kind": kind}
        )
        there = {row["key"] for row in rows}
        new = [
            {"reader": reader, "kind": kind, "key": key, "name": name}
            for key, name in wanted.items()
            if key not in there
        ]
        room = max(0, MOST_MUTED - len(there))
        writing.many("INSERT INTO mutes (user_id, kind, key, name) VALUES (:reader, :kind, :key, :name)", new[:room])
        return max(0, len(new) - room)

    async def drop(self, reader: int, mute: int) -> None:
        """Delete a mute of *reader*'s."""
        await self._db.execute(
            "DELETE FROM mutes WHERE user_id = :reader AND id = :mute", {"reader": reader, "mute": mute}
        )
