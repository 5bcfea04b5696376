"""Submissions: what members of a server sent, and what its managers have yet to approve or decline."""

from __future__ import annotations

from bot.domain.notices import Notice
from bot.domain.submissions import WAITS_SECONDS, Submission
from bot.domain.uploads import Draft
from bot.errors import ReaderError, SubmissionGone
from bot.store.audit import record
from bot.store.database import Family, Row, Writing, transaction
from bot.store.drafts import DRAFT, draft_of, take_draft
from bot.store.limits import Room, hold_stories
from bot.store.outbox import queue_notice
from bot.store.settings import server_settings
from bot.store.upload_files import FILES

_SUBMISSION = f"SELECT {DRAFT}, w.sent_at FROM submissions w JOIN drafts d ON d.id = w.draft_id"


class Submissions(Family):
    """A submission is a draft with a row of its own: nobody can publish or change it until a manager answers."""

    @transaction
    def send(self, writing: Writing, draft: Draft) -> None:
        """Have a draft wait for a manager, once. Raises `ReaderError` where it is gone, or beyond a limit."""
        writing.take_everything()
        guild, user, now = draft.guild, draft.user, self._db.now()
        room = Room(self._db, writing, guild, user)
        sent = writing.execute(
            "INSERT INTO submissions (draft_id, guild_id, user_id, sent_at)"
            " SELECT id, guild_id, user_id, :now FROM drafts WHERE id = :draft"
            " ON CONFLICT (draft_id) DO NOTHING",
            {"draft": draft.id, "now": now},
        )
        if not sent:
            raise ReaderError("draft-gone")
        record(writing, guild, user, "submit", now=now)
        hold_stories(writing, guild, user, server_settings(writing, guild), now)
        room.hold()
        queue_notice(writing, Notice("submission", guild, 0, draft.id), now)

    @transaction
    def decline(self, writing: Writing, submission: Submission, by: int, reason: str) -> None:
        """Delete a submission, and have its sender told why. Raises `ReaderError` where it was answered meanwhile."""
        writing.take_everything()
        draft, now = submission.draft, self._db.now()
        if not take_draft(writing, draft.id):
            raise SubmissionGone
        record(writing, draft.guild, by, "refuse", now=now)
        queue_notice(writing, Notice("refused", draft.guild, draft.user, draft.id, draft.title, reason), now)

    async def find(self, submission: int, guild: int) -> Submission:
        """Return what waits in *guild*. Raises `ReaderError` where it was answered, or waits elsewhere."""
        row = await self._db.row(
            f"{_SUBMISSION} WHERE w.draft_id = :draft AND w.guild_id = :guild", {"draft": submission, "guild": guild}
        )
        if row is None:
            raise SubmissionGone
        return await self._submission(row)

    async def waiting(self, guild: int, limit: int) -> list[Submission]:
        """Return what waits in *guild*, the oldest first."""
        rows = await self._db.rows(
            f"{_SUBMISSION} WHERE w.guild_id = :guild ORDER BY w.draft_id LIMIT :limit",
            {"guild": guild, "limit": limit},
        )
        return [await self._submission(row) for row in rows]

    async def total(self, guild: int) -> int:
        """Count what waits in *guild*."""
        return await self._db.number("SELECT count(*) FROM submissions WHERE guild_id = :guild", {"guild": guild})

    async def _submission(self, row: Row) -> Submission:
        files = await self._db.rows(FILES.format(owner="draft"), {"id": row["id"]})
        return Submission(draft_of(row, files), row["sent_at"])


def drop_unanswered(writing: Writing, now: int) -> None:
    """Delete the submissions that nobody answered in time, and have their senders told."""
    rows = writing.rows(f"{_SUBMISSION} WHERE w.sent_at <= :since", {"since": now - WAITS_SECONDS})
    for row in rows:
        draft = draft_of(row, writing.rows(FILES.format(owner="draft"), {"id": row["id"]}))
        take_draft(writing, draft.id)
        queue_notice(writing, Notice("lapsed", draft.guild, draft.user, draft.id, draft.title), now)
