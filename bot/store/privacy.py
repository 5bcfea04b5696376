"""All that is stored of a reader: handed out, and deleted without a row left."""

from __future__ import annotations

from typing import Any

from bot.store.database import Database

OWN: tuple[str, ...] = (
    "reader_settings", "places", "reading_lists", "bookmarks", "follows", "news_outbox", "votes", "reactions", "drafts", "saved_queries",
    "shared_readings", "mutes", "story_authors", "claims", "saved_quotes", "story_reactors", "quote_reactors", "decisions", "reviews",
    "review_times", "review_reports", "review_outbox", "ballots",
)  # fmt: skip
"""The tables whose rows belong to the reader in ``user_id``; a test holds that no other has such a column."""

LENT: tuple[str, ...] = ("uploads", "schedules", "polls")
"""The tables whose rows stay without their ``user_id``: what somebody uploaded or set up is the server's."""

_NOT_HANDED_OUT = ("user_id", "data")
"""Columns: who it is they know, and the files they have."""


class Privacy:
    """A reader's right to see and to delete what is stored of them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def export(self, reader: int) -> dict[str, list[dict[str, Any]]]:
        """Every row about *reader*, by table, and the names of the stories, authors and choices in them."""
        found: dict[str, list[dict[str, Any]]] = {}
        for table in (*OWN, *LENT):
            columns = [str(row[1]) for row in await self._db.rows(f"PRAGMA table_info({table})")]
            kept = [column for column in columns if column not in _NOT_HANDED_OUT]
            rows = await self._db.rows(f"SELECT {', '.join(kept)} FROM {table} WHERE user_id = ?", (reader,))
            found[table] = [dict(zip(kept, row, strict=True)) for row in rows]
        stories = {int(row["story_id"]) for rows in found.values() for row in rows if row.get("story_id")}
        titles = [
            {"story_id": story, "title": row[0]}
            for story in sorted(stories)
            if (row := await self._db.row("SELECT title FROM stories WHERE id = ?", (story,)))
        ]
        authors = [
            {"author_id": row[0], "name": row[1]}
            for row in await self._db.rows(
                "SELECT a.id, a.name FROM followed_authors a WHERE a.id IN (SELECT author_id FROM follows WHERE user_id = ?)",
                (reader,),
            )
        ]
        votes = [
            {"poll_id": row[0], "question": row[1], "choice": row[2], "text": row[3]}
            for row in await self._db.rows(
                "SELECT p.id, p.question, c.number, c.text FROM ballots b JOIN polls p ON p.id = b.poll_id"
                " JOIN poll_choices c ON c.poll_id = b.poll_id AND c.number = b.choice WHERE b.user_id = ?",
                (reader,),
            )
        ]
        return found | {"stories": titles, "authors": authors, "poll_choices": votes}

    async def delete(self, reader: int) -> None:
        """Delete every row about *reader*; the counts fall with them."""
        async with self._db.transaction() as db:
            for table in OWN:
                await db.execute(f"DELETE FROM {table} WHERE user_id = ?", (reader,))
            for table in LENT:
                await db.execute(f"UPDATE {table} SET user_id = 0 WHERE user_id = ?", (reader,))
            await db.execute(
                "DELETE FROM quote_decks WHERE scope = ?1 OR scope > ?1 || ':' AND scope < ?1 || ';'",
                (f"user:{reader}",),
            )
