"""The audit log: who did what to a server's stories and settings, for its managers."""

from __future__ import annotations

from bot.store.database import Writing

KEPT_SECONDS = 90 * 24 * 60 * 60
"""The seconds that an act stays in the log."""


def record(
    writing: Writing, guild: int, user: int, act: str, story: int | None = None, detail: str = "", *, now: int
) -> None:
    """Write down that *user* did *act* in *guild*, in the transaction of the act itself.

    *story* must still be there: its title is kept as it is now. Acts that are too old go.
    """
    writing.execute("DELETE FROM audit_log WHERE at <= :since", {"since": now - KEPT_SECONDS})
    writing.execute(
        "INSERT INTO audit_log (guild_id, user_id, act, story_id, title, detail, at) VALUES (:guild, :reader, :act,"
        " :story, (SELECT title FROM stories WHERE id = :story), :detail, :now)",
        {"guild": guild, "reader": user, "act": act, "story": story, "detail": detail, "now": now},
    )
