"""The audit log: acts on a server's stories and settings, for its managers."""

from __future__ import annotations

import logging

from bot.domain.audit import KEPT_DAYS, OF_FILTER, LogFilter, LoggedAct
from bot.store.database import Family, Row, Value, Writing, named_list
from bot.store.rows import as_value

log = logging.getLogger(__name__)

KEPT_SECONDS = KEPT_DAYS * 24 * 60 * 60
"""Seconds after which an act is deleted from the log."""


def record(
    writing: Writing, guild: int, user: int, act: str, story: int | None = None, detail: str = "", *, now: int
) -> None:
    """Log that *user* did *act* in *guild*, in the transaction of the act itself, and delete expired acts.

    Call this before *story* is deleted, since the entry copies its title. The program's own log line has neither the
    user nor any text.
    """
    writing.execute("DELETE FROM audit_log WHERE at <= :since", {"since": now - KEPT_SECONDS})
    writing.execute(
        "INSERT INTO audit_log (guild_id, user_id, act, story_id, title, detail, at)"
        " VALUES (:guild, :reader, :act, :story, (SELECT title FROM stories WHERE id = :story), :detail, :now)",
        {"guild": guild, "reader": user, "act": act, "story": story, "detail": detail, "now": now},
    )
    log.info("Server %d: %s%s", guild, act, f" story {story}" if story is not None else "")


class AuditLog(Family):
    """The acts logged for a server, latest first."""

    async def page(self, guild: int, which: LogFilter, limit: int, skip: int) -> list[LoggedAct]:
        """Return at most *limit* acts in *guild* that pass the filter *which*, latest first, after skipping *skip*."""
        clause, values = self._clause(guild, which)
        rows = await self._db.rows(
            f"SELECT l.user_id, l.act, l.story_id, l.title, l.detail, l.at FROM audit_log l WHERE {clause}"
            " ORDER BY l.id DESC LIMIT :limit OFFSET :skip",
            {**values, "limit": limit, "skip": skip},
        )
        return [_act(row) for row in rows]

    async def total(self, guild: int, which: LogFilter) -> int:
        """Count all acts in *guild* that pass the filter *which*."""
        clause, values = self._clause(guild, which)
        return await self._db.number(f"SELECT count(*) FROM audit_log l WHERE {clause}", values)

    def _clause(self, guild: int, which: LogFilter) -> tuple[str, dict[str, Value]]:
        values: dict[str, Value] = {"guild": guild, "since": self._db.now() - KEPT_SECONDS}
        clause = "l.guild_id = :guild AND l.at > :since"
        if which == "all":
            return clause, values
        acts_with_a_filter = [act for acts in OF_FILTER.values() for act in acts]
        marks, named = named_list("act", list(OF_FILTER.get(which, acts_with_a_filter)))
        return f"{clause} AND l.act {'IN' if which in OF_FILTER else 'NOT IN'} {marks}", {**values, **named}


def _act(row: Row) -> LoggedAct:
    return as_value(row, LoggedAct, user=row["user_id"] or None)
