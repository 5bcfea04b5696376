"""Export and deletion of a reader's stored data."""

from typing import Any

from bot.domain.downloads import StoredFile
from bot.domain.notices import ABOUT_STORIES
from bot.store.ballots import remove_ballots
from bot.store.database import Family, Value, Writing, transaction
from bot.store.deleting import drop_drafts
from bot.store.erased import erase
from bot.store.me import remove_saved_quotes
from bot.store.places import remove_places
from bot.store.questions import forget_asker
from bot.store.reactions import remove_reactions
from bot.store.rows import as_value

OWN: tuple[str, ...] = (
    "settings", "places", "reading_lists", "bookmarks", "follows", "ballots", "reactions",
    "drafts", "saved_queries", "shared_readings", "mutes", "author_links", "authors", "saved_quotes",
    "reviews", "review_times", "review_reports", "outbox",
)  # fmt: skip
"""Tables whose rows belong to the reader in ``user_id``.

A test checks that every table with this column is in `OWN`, `SHARED` or `LOGGED`.
"""

SHARED: tuple[str, ...] = ("uploads", "versions", "schedules", "questions")
"""Tables whose rows belong to the server. Deletion sets their ``user_id`` to 0."""

LOGGED: tuple[str, ...] = ("audit_log",)
"""Tables whose rows stay as acts of a former member. Deletion sets their ``user_id`` to NULL."""

_NOT_EXPORTED = ("user_id",)
"""Columns left out of an export, since readers know their own id."""


class Privacy(Family):
    """A reader's right to see and delete their stored data."""

    async def export(self, reader: int) -> dict[str, list[dict[str, Any]]]:
        """Return every row about *reader*, by table, and the titles, pen names and answers that the rows refer to."""
        whose = {"reader": reader}
        found: dict[str, list[dict[str, Any]]] = {}
        for table in (*OWN, *SHARED, *LOGGED):
            kept = [column for column in await self._db.columns(table) if column not in _NOT_EXPORTED]
            rows = await self._db.rows(f"SELECT {', '.join(kept)} FROM {table} WHERE user_id = :reader", whose)
            found[table] = [dict(row) for row in rows]
        for name, sql in (("answers", _ANSWERS), ("replies", _REPLIES)):
            found[name] = [dict(row) for row in await self._db.rows(sql, whose)]
        stories = {int(row["story_id"]) for rows in found.values() for row in rows if row.get("story_id")}
        stories |= {int(row["subject"]) for row in found["outbox"] if row["kind"] in ABOUT_STORIES}
        titles = [
            {"story_id": story, "title": row["title"]}
            for story in sorted(stories)
            if (row := await self._db.row("SELECT title FROM stories WHERE id = :story", {"story": story}))
        ]
        authors = await self._db.rows(
            "SELECT DISTINCT a.id AS author_id, s.author AS name FROM follows f JOIN authors a ON a.id = f.author_id"
            " JOIN story_authors w ON w.user_id = a.user_id JOIN stories s ON s.id = w.story_id"
            " WHERE f.user_id = :reader AND s.author IS NOT NULL ORDER BY a.id, s.author",
            whose,
        )
        files = await self._db.rows(
            "SELECT f.version_id, f.draft_id, f.name, f.title, f.notes FROM upload_files f"
            " WHERE f.version_id IN (SELECT id FROM versions WHERE user_id = :reader)"
            " OR f.draft_id IN (SELECT id FROM drafts WHERE user_id = :reader) ORDER BY f.version_id, f.number",
            whose,
        )
        draws = await self._db.rows(f"SELECT scope, story_id, deck FROM quote_decks WHERE {_OWN_DECKS}", _decks(reader))
        return found | {
            "quote_decks": [dict(row) | {"scope": row["scope"].removeprefix(f"user:{reader}")} for row in draws],
            "stories": titles,
            "authors": [dict(row) for row in authors],
            "files": [dict(row) for row in files],
        }

    async def files(self, reader: int) -> list[StoredFile]:
        """Return the distinct files of *reader*'s versions and drafts, latest first."""
        rows = await self._db.rows(
            "SELECT max(f.name) AS name, b.digest, b.size FROM upload_files f"
            " JOIN upload_bytes b ON b.digest = f.digest"
            f" WHERE {_OWN_FILES} GROUP BY b.digest, b.size ORDER BY max(f.version_id) DESC, b.digest",
            {"reader": reader},
        )
        return [as_value(row, StoredFile) for row in rows]

    async def bytes_of(self, reader: int, digest: str) -> bytes:
        """Return the bytes of one of *reader*'s files; empty if it is gone or not theirs."""
        row = await self._db.row(
            "SELECT b.data FROM upload_bytes b WHERE b.digest = :digest AND EXISTS"
            f" (SELECT 1 FROM upload_files f WHERE f.digest = b.digest AND ({_OWN_FILES}))",
            {"reader": reader, "digest": digest},
        )
        return row["data"] if row else b""

    @transaction
    def delete(self, writing: Writing, reader: int) -> None:
        """Delete every row of *reader* and subtract it from the counts; remove the reader's id from rows that stay.

        Traces with a hash instead of the id are kept for a time (`bot.store.erased`).
        """
        writing.take_everything()
        whose = {"reader": reader}
        erase(writing, reader, self._db.now())
        remove_ballots(writing, reader, self._db.now())
        forget_asker(writing, reader, self._db.now())
        remove_places(writing, reader)
        remove_saved_quotes(writing, reader)
        remove_reactions(writing, "user_id = :reader", whose)
        drop_drafts(writing, "user_id = :reader", whose)
        for table in OWN:
            writing.execute(f"DELETE FROM {table} WHERE user_id = :reader", whose)
        for table in SHARED:
            writing.execute(f"UPDATE {table} SET user_id = 0 WHERE user_id = :reader", whose)
        for table in LOGGED:
            writing.execute(f"UPDATE {table} SET user_id = NULL WHERE user_id = :reader", whose)
        writing.execute(
            f"DELETE FROM quote_decks WHERE {_OWN_DECKS}",
            _decks(reader),
        )


_ANSWERS = (
    "SELECT q.story_id, q.id AS question_id, q.text AS question, b.number, a.text FROM ballots b"
    " JOIN questions q ON q.id = b.question_id"
    " LEFT JOIN answers a ON a.question_id = b.question_id AND a.number = b.number WHERE b.user_id = :reader"
)
_REPLIES = "SELECT story_id, id AS question_id, choice, line FROM questions WHERE replied_by = :reader"
_OWN_DECKS = "(scope = :scope OR scope > :scope || ':' AND scope < :scope || ';')"
_OWN_FILES = (
    "f.version_id IN (SELECT id FROM versions WHERE user_id = :reader)"
    " OR f.draft_id IN (SELECT id FROM drafts WHERE user_id = :reader)"
)


def _decks(reader: int) -> dict[str, Value]:
    return {"scope": f"user:{reader}"}
