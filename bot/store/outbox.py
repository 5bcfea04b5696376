"""The outbox of notices, and leases on rows with a due time.

A notice is deleted before its message is sent. A crash between the two loses the notice, but no notice is delivered
twice, even with two processes.

Due rows of other tables, such as schedules, are leased by a worker. A row not done when its lease ends is leased again.
The due time is a column of the row itself, so it is deleted with the row.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.notices import Notice
from bot.store.database import Database, Family, Writing, transaction
from bot.store.engines import Row, alone
from bot.store.rows import as_value

ONCE = "ON CONFLICT (user_id, guild_id, kind, subject, item) DO NOTHING"
"""End of an INSERT into the outbox: a queued notice is not queued again."""

_QUEUE = (
    "INSERT INTO outbox (user_id, guild_id, kind, subject, item, title, reason, tries, due_at)"
    f" VALUES (:user, :guild, :kind, :subject, :item, :title, :reason, :tries, :at) {ONCE}"
)


def queue_notice(writing: Writing, notice: Notice, at: float) -> None:
    """Queue a notice, to be sent at the epoch second *at* or later."""
    values = {
        "user": notice.user,
        "guild": notice.guild,
        "kind": notice.kind,
        "subject": notice.subject,
        "title": notice.title,
        "reason": notice.reason,
        "tries": notice.tries,
        "at": int(at),
    }
    writing.many(_QUEUE, [values | {"item": item} for item in notice.items])


_CLAIM_FOR_SERVER, _CLAIM_FOR_MEMBER = (
    "DELETE FROM outbox WHERE (user_id, guild_id, kind, subject) = (SELECT user_id, guild_id, kind, subject"
    f" FROM outbox WHERE {whom} AND due_at <= :now AND {{own}}"
    "  ORDER BY due_at, id LIMIT 1)"
    " RETURNING user_id, guild_id, kind, subject, item, title, reason, tries"
    for whom in ("user_id = 0", "user_id > 0")
)


class Outbox(Family):
    """Queued notices. Times are epoch seconds."""

    async def next_due(self) -> int | None:
        """Return the due time of the next notice that this process may send, or None."""
        return await next_due(self._db, "outbox", self._own)

    @property
    def _own(self) -> str:
        return f"(guild_id = 0 OR {self._db.own('guild_id')})"

    @transaction
    def claim(self, writing: Writing, now: float) -> Notice | None:
        """Remove and return a due notice for this process, or None; no other process gets it.

        The notice has the items of all queued notices of its kind to one recipient about one subject. Notices to
        servers come first: they are few, and must not wait behind those to thousands of followers.
        """
        writing.take(alone("outbox", 0))
        values = {"now": int(now)}
        rows = writing.rows(_CLAIM_FOR_SERVER.format(own=self._own), values)
        rows = rows or writing.rows(_CLAIM_FOR_MEMBER.format(own=self._own), values)
        if not rows:
            return None
        first, tries = rows[0], max(row["tries"] for row in rows)
        items = tuple(sorted(row["item"] for row in rows))
        return as_value(first, Notice, guild=first["guild_id"], user=first["user_id"], tries=tries, items=items)

    @transaction
    def put_back(self, writing: Writing, notice: Notice, at: float) -> None:
        """Queue an undelivered notice again, for the epoch second *at*, with one more try."""
        writing.take(alone("outbox", 0))
        queue_notice(writing, replace(notice, tries=notice.tries + 1), at)


async def next_due(db: Database, table: str, own: str) -> int | None:
    """Return the earliest due time in *table*, in epoch seconds, or None.

    *own* is an SQL condition for this process's rows.
    """
    row = await db.row(f"SELECT due_at FROM {table} WHERE due_at IS NOT NULL AND {own} ORDER BY due_at LIMIT 1")
    return row["due_at"] if row else None


def lease(writing: Writing, table: str, key: str, columns: str, own: str, now: float, seconds: int) -> Row | None:
    """Lease for *seconds* the row of *table* that has been due longest; return its *columns*, or None if none is due.

    Adds 1 to the row's ``tries``. *key* is the primary key; *own* is an SQL condition for this process's rows.
    """
    return writing.row(
        f"UPDATE {table} SET due_at = :until, tries = tries + 1 WHERE {key} = (SELECT {key} FROM {table}"
        f"  WHERE due_at <= :now AND {own} ORDER BY due_at, {key} LIMIT 1) RETURNING {columns}",
        {"now": int(now), "until": int(now) + seconds},
    )
