"""Drafts: unpublished uploads, either still being edited by their senders or submitted to a server's mods.

A submission (state ``waiting``) ends when a mod answers it or when it expires.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot.domain.notices import Notice
from bot.domain.uploads import DRAFT_SECONDS, Base, Change, Draft, Upload, UploadDetails
from bot.errors import ReaderError, SubmissionGone
from bot.store.audit import record
from bot.store.database import Family, Reading, Row, Value, Writing, lookup, transaction
from bot.store.deleting import drop_drafts
from bot.store.engines import LIBRARY, alone
from bot.store.limits import Room, hold_stories
from bot.store.outbox import queue_notice
from bot.store.rows import as_value
from bot.store.settings import server_settings
from bot.store.versions import FILES, keep_files, upload_of

DRAFTS_EACH = 5
"""Maximum number of unsubmitted drafts of one member; a further draft deletes the oldest."""

_DRAFT = (
    "SELECT id, guild_id, user_id, state, since, story_id, details, understood, change, replaces, wrote,"
    " base_chapters, base_details FROM drafts"
)
_WAITING = "guild_id = :guild AND state = 'waiting'"


class Drafts(Family):
    """Drafts. Only the sender finds an unsubmitted draft; the mods of its server find a submission.

    Storing, submitting or deleting a draft takes the lock of its sender.
    """

    @transaction
    def keep(
        self,
        writing: Writing,
        guild: int,
        user: int,
        upload: Upload,
        understood: UploadDetails,
        change: Change = "publish",
        replaces: int | None = None,
        base: Base | None = None,
    ) -> Draft:
        """Store an upload as a draft, which expires after a day. Raises `ReaderError` if there is no room."""
        writing.take(alone("reader", user))
        now, room = self._db.now(), Room(self._db, writing, guild, user)
        _drop_old(writing, now)
        drop_drafts(
            writing,
            "user_id = :user AND state = 'making' AND id NOT IN (SELECT id FROM drafts"
            " WHERE user_id = :user AND state = 'making' ORDER BY id DESC LIMIT :others)",
            {"user": user, "others": DRAFTS_EACH - 1},
        )
        [(draft,)] = writing.rows(
            "INSERT INTO drafts"
            " (guild_id, user_id, state, since, details, understood, change, replaces, base_chapters, base_details)"
            " VALUES (:guild, :user, 'making', :now, :details, :understood, :change, :replaces, :base_chapters,"
            " :base_details) RETURNING id",
            {
                "guild": guild,
                "user": user,
                "details": json.dumps(upload.details),
                "understood": json.dumps(understood),
                "change": change,
                "replaces": replaces,
                "base_chapters": base.chapters if base else None,
                "base_details": json.dumps(base.details) if base else None,
                "now": now,
            },
        )
        keep_files(writing, "draft", int(draft), upload)
        room.hold()
        return Draft(int(draft), guild, user, upload, understood, change, replaces, base=base, since=now)

    @lookup
    def find(self, reading: Reading, draft: int, user: int) -> Draft:
        """Return an unsubmitted draft of *user*. Raises `ReaderError` if it is gone or submitted."""
        found = _drafts(
            reading,
            "id = :draft AND user_id = :user AND state = 'making' AND since >= :since",
            {"draft": draft, "user": user, "since": self._db.now() - DRAFT_SECONDS["making"]},
        )
        if not found:
            raise ReaderError("draft-gone")
        return found[0]

    async def change(self, draft: Draft) -> None:
        """Replace the details and purpose of an unsubmitted draft; its files stay."""
        await self._db.execute(
            "UPDATE drafts SET details = :details, understood = :understood, change = :change, replaces = :replaces,"
            " base_chapters = :base_chapters, base_details = :base_details, wrote = :wrote"
            " WHERE id = :draft AND state = 'making'",
            {
                "details": json.dumps(draft.upload.details),
                "understood": json.dumps(draft.understood),
                "change": draft.change,
                "replaces": draft.replaces,
                "base_chapters": draft.base.chapters if draft.base else None,
                "base_details": json.dumps(draft.base.details) if draft.base else None,
                "wrote": None if draft.wrote is None else int(draft.wrote),
                "draft": draft.id,
            },
        )

    @transaction
    def drop(self, writing: Writing, draft: int, user: int) -> None:
        """Delete an unsubmitted draft of *user*."""
        writing.take(alone("reader", user))
        which = "id = :draft AND user_id = :user AND state = 'making'"
        drop_drafts(writing, which, {"draft": draft, "user": user})

    @transaction
    def send(self, writing: Writing, draft: Draft, story: int) -> None:
        """Submit a draft to the mods. *story* is the id of its text, already stored by `bot.store.publishing`.

        Raises `ReaderError` if the draft is gone or exceeds a limit.
        """
        guild, user, now = draft.guild, draft.user, self._db.now()
        writing.take(LIBRARY, alone("reader", user))
        room = Room(self._db, writing, guild, user)
        if not writing.execute(
            "UPDATE drafts SET state = 'waiting', since = :now, story_id = :story"
            " WHERE id = :draft AND state = 'making'",
            {"draft": draft.id, "now": now, "story": story},
        ):
            raise ReaderError("draft-gone")
        record(writing, guild, user, "submit", now=now)
        hold_stories(writing, guild, user, server_settings(writing, guild), now)
        room.hold()
        queue_notice(writing, Notice("submission", guild, 0, draft.id), now)

    @transaction
    def decline(self, writing: Writing, draft: Draft, by: int, reason: str) -> None:
        """Delete a submission, and notify its sender. Raises `SubmissionGone` if it was answered already."""
        writing.take(LIBRARY, alone("reader", draft.user), *([alone("story", draft.story)] if draft.story else []))
        if not drop_drafts(writing, "id = :draft AND state = 'waiting'", {"draft": draft.id}):
            raise SubmissionGone
        now = self._db.now()
        record(writing, draft.guild, by, "refuse", now=now)
        queue_notice(writing, Notice("refused", draft.guild, draft.user, draft.id, draft.title, reason), now)

    @lookup
    def find_waiting(self, reading: Reading, draft: int, guild: int) -> Draft:
        """Return a submission to *guild*. Raises `SubmissionGone` if it is answered, expired or of another server."""
        found = _drafts(reading, f"{_WAITING} AND id = :draft", {"draft": draft, "guild": guild})
        if not found:
            raise SubmissionGone
        return found[0]

    @lookup
    def waiting(self, reading: Reading, guild: int, limit: int) -> list[Draft]:
        """Return at most *limit* submissions to *guild*, oldest first."""
        return _drafts(reading, f"{_WAITING} ORDER BY id LIMIT :limit", {"guild": guild, "limit": limit})

    async def total_waiting(self, guild: int) -> int:
        """Count the submissions to *guild*."""
        return await self._db.number(f"SELECT count(*) FROM drafts WHERE {_WAITING}", {"guild": guild})


def _drafts(reading: Reading, which: str, values: Mapping[str, Value]) -> list[Draft]:
    """Return the drafts that match the SQL condition *which*."""
    return [
        _draft_of(row, files)
        for row in reading.rows(f"{_DRAFT} WHERE {which}", values)
        if (files := reading.rows(FILES.format(owner="draft"), {"id": row["id"]}))  # else it was deleted meanwhile
    ]


def _draft_of(row: Row, files: Sequence[Row]) -> Draft:
    base = None if row["base_details"] is None else Base(row["base_chapters"], json.loads(row["base_details"]))
    return as_value(
        row,
        Draft,
        upload=upload_of(files, json.loads(row["details"])),
        understood=json.loads(row["understood"]),
        wrote=None if row["wrote"] is None else bool(row["wrote"]),
        base=base,
    )


def drop_lapsed(writing: Writing, now: int) -> None:
    """Delete expired drafts and submissions, and notify the senders of the submissions."""
    _drop_old(writing, now)
    lapsed = {"since": now - DRAFT_SECONDS["waiting"]}
    for draft in _drafts(writing, "state = 'waiting' AND since <= :since", lapsed):
        drop_drafts(writing, "id = :draft", {"draft": draft.id})
        queue_notice(writing, Notice("lapsed", draft.guild, draft.user, draft.id, draft.title), now)


def _drop_old(writing: Writing, now: int) -> None:
    drop_drafts(writing, "state = 'making' AND since < :since", {"since": now - DRAFT_SECONDS["making"]})
