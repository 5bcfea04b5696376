"""The outbox of notices to managers, moderators and members. A notice is queued in the transaction that makes it.

It is taken out before its message is sent, so it is delivered at most once.
"""

from __future__ import annotations

from bot.domain.notices import Notice
from bot.store.database import Family, Row, Writing, transaction
from bot.store.engines import alone


def queue_notice(writing: Writing, notice: Notice, at: float) -> None:
    """Have a notice sent from *at* on."""
    writing.execute(
        "INSERT INTO notices (kind, guild_id, user_id, subject, title, reason, tries, due_at)"
        " VALUES (:kind, :guild, :user, :subject, :title, :reason, :tries, :at)",
        {
            "kind": notice.kind,
            "guild": notice.guild,
            "user": notice.user,
            "subject": notice.subject,
            "title": notice.title,
            "reason": notice.reason,
            "tries": notice.tries,
            "at": int(at),
        },
    )


class Notices(Family):
    """Hands out what is due."""

    @transaction
    def claim(self, writing: Writing, now: float) -> Notice | None:
        """Take out a notice that is due in one of this process's servers; nobody else gets it."""
        writing.take(alone("notices", 0))
        row = writing.row(
            "DELETE FROM notices WHERE id = (SELECT id FROM notices WHERE due_at <= :now"
            f" AND {self._db.own('guild_id')} ORDER BY due_at, id LIMIT 1)"
            " RETURNING kind, guild_id, user_id, subject, title, reason, tries",
            {"now": int(now)},
        )
        return _notice(row) if row else None

    @transaction
    def put_back(self, writing: Writing, job: Notice, at: float) -> None:
        """Hand the notice out again from *at* on: it did not get through."""
        writing.take(alone("notices", 0))
        notice = Notice(job.kind, job.guild, job.user, job.subject, job.title, job.reason, job.tries + 1)
        queue_notice(writing, notice, at)


def _notice(row: Row) -> Notice:
    return Notice(
        row["kind"], row["guild_id"], row["user_id"], row["subject"], row["title"], row["reason"], row["tries"]
    )
