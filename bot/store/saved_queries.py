"""Queries that readers made, kept under an id: a custom id has no room for what was typed."""

from typing import Literal

from bot.errors import NothingStored
from bot.store.database import Family, Value, Writing, named_list, transaction
from bot.store.engines import alone

QueryKind = Literal["stories", "passages", "quotes"]

KEPT_SECONDS = 30 * 24 * 60 * 60
"""The seconds since its last use for which a query is kept."""

FRESH_SECONDS = 24 * 60 * 60
"""The seconds in which using a query again writes nothing."""

KEPT_EACH = 30
"""The most queries of one kind that are kept for a reader; the one used longest ago goes first."""

NOT_KEPT = 10**17 - 1
"""The id of a query that cannot be stored: no row has it, so whoever presses a button with it asks anew."""


class SavedQueries(Family):
    """The same query by the same reader gets the same id."""

    async def keep(self, reader: int, kind: QueryKind, text: str) -> int:
        """Return the id of *reader*'s query *text*, as a row holds it; `NOT_KEPT` where it cannot be stored."""
        now = self._db.now()
        values: dict[str, Value] = {"reader": reader, "kind": kind, "text": text, "now": now}
        kept = await self._db.row(
            "SELECT id, used_at FROM saved_queries WHERE user_id = :reader AND kind = :kind AND text = :text", values
        )
        if kept is not None and kept["used_at"] > now - FRESH_SECONDS:  # a list that is turned writes nothing
            return kept["id"]
        try:
            return await self._save(values)
        except NothingStored:
            return kept["id"] if kept is not None else NOT_KEPT

    @transaction
    def _save(self, writing: Writing, values: dict[str, Value]) -> int:
        writing.take(alone("reader", int(values["reader"] or 0)))
        since = self._db.now() - KEPT_SECONDS
        writing.execute("DELETE FROM saved_queries WHERE used_at < :since", {"since": since})
        [(query,)] = writing.rows(
            "INSERT INTO saved_queries (user_id, kind, text, used_at) VALUES (:reader, :kind, :text, :now)"
            " ON CONFLICT (user_id, kind, text) DO UPDATE SET used_at = excluded.used_at RETURNING id",
            values,
        )
        writing.execute(
            "DELETE FROM saved_queries WHERE user_id = :reader AND kind = :kind AND id NOT IN"
            " (SELECT id FROM saved_queries WHERE user_id = :reader AND kind = :kind"
            "  ORDER BY used_at DESC, id DESC LIMIT :most)",
            values | {"most": KEPT_EACH},
        )
        return int(query)

    async def find(self, kind: QueryKind, query: int, *readers: int) -> str | None:
        """Return the text of a query of one of these *readers*; None where it is none of theirs, or no longer kept.

        Whoever presses a button below a list that another reader posted names both: what was asked stands in the list.
        """
        owners, values = named_list("reader", readers)
        row = await self._db.row(
            f"SELECT text FROM saved_queries WHERE id = :query AND kind = :kind AND user_id IN {owners}",
            {"query": query, "kind": kind, **values},
        )
        return row["text"] if row else None
