"""What is due at a time: rows with a `due_at`, each done by one process at a time.

Who does a row has a lease of it. A row that is not known to be done when its lease ends is handed out once more. The
time stands beside what is due, with an index, and in no table of its own: a row that goes takes its time along.
"""

from __future__ import annotations

from bot.store.database import Database
from bot.store.engines import Row, Writing


async def next_due(db: Database, table: str, own: str) -> int | None:
    """Return when one of the *own* rows of *table*, by a condition, is due next, in seconds since 1970."""
    row = await db.row(f"SELECT due_at FROM {table} WHERE due_at IS NOT NULL AND {own} ORDER BY due_at LIMIT 1")
    return row["due_at"] if row else None


def lease(writing: Writing, table: str, key: str, columns: str, own: str, now: float, seconds: int) -> Row | None:
    """Lease the *own* row of *table* that has been due the longest, for some *seconds*; None if none is due.

    It counts the try in the row's ``tries``, and returns *columns*. *key* is the table's primary key.
    """
    return writing.row(
        f"UPDATE {table} SET due_at = :until, tries = tries + 1 WHERE {key} = (SELECT {key} FROM {table}"
        f"  WHERE due_at <= :now AND {own} ORDER BY due_at, {key} LIMIT 1) RETURNING {columns}",
        {"now": int(now), "until": int(now) + seconds},
    )
