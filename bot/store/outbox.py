"""What waits: notices in the outbox, and whatever has a time at which it is due.

It is taken out before its message is sent. So a crash between the two loses it, and none is delivered twice, not by two
processes either.

Who does a row has a lease of it. A row that is not known to be done when its lease ends is handed out once more. The
time stands beside what is due, with an index, and in no table of its own: a row that goes takes its time along.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.notices import Notice
from bot.store.database import Database, Family, Writing, transaction
from bot.store.engines import Row, alone
from bot.store.rows import as_value

ONCE = "ON CONFLICT (user_id, guild_id, kind, subject, item) DO NOTHING"
"""The end of an INSERT: what waits already is not queued again."""

_QUEUE = (
    "INSERT INTO outbox (user_id, guild_id, kind, subject, item, title, reason, tries, due_at)"
    f" VALUES (:user, :guild, :kind, :subject, :item, :title, :reason, :tries, :at) {ONCE}"
)


def queue_notice(writing: Writing, notice: Notice, at: float) -> None:
    """Have a notice sent from *at* on."""
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
    """Hands out what is due. Times are in seconds since 1970."""

    async def next_due(self) -> int | None:
        """Return when the next notice is due that this process may send."""
        return await next_due(self._db, "outbox", self._own)

    @property
    def _own(self) -> str:
        return f"(guild_id = 0 OR {self._db.own('guild_id')})"

    @transaction
    def claim(self, writing: Writing, now: float) -> Notice | None:
        """Take out a notice that is due in a server of this process, or in none; nobody else gets it.

        It tells all that waits for its recipient about its subject. Servers are few, and come first: none waits behind
        the thousands who follow a story.
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
        """Hand a notice out again from *at* on: it did not get through."""
        writing.take(alone("outbox", 0))
        queue_notice(writing, replace(notice, tries=notice.tries + 1), at)


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
