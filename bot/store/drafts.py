"""Drafts: uploads that wait, at most a day, for their sender to publish them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot.domain.uploads import Base, Draft, Upload, UploadDetails
from bot.domain.versions import Change
from bot.errors import ReaderError
from bot.store.database import Family, Row, Value, Writing, transaction
from bot.store.limits import Room
from bot.store.upload_files import FILES, digests_of, drop_unused, keep_files, upload_of

DRAFT_SECONDS = 24 * 60 * 60
"""The seconds that a draft waits for whoever made it."""

DRAFTS_EACH = 5
"""The most drafts that one member may have waiting; the oldest goes first."""


_NOT_SENT = "id NOT IN (SELECT draft_id FROM submissions)"
"""A draft that waits for a manager cannot be changed as others are."""


DRAFT = (
    "d.id, d.guild_id, d.user_id, d.details, d.understood, d.change, d.replaces, d.wrote, d.base_chapters,"
    " d.base_details"
)
"""The columns of a draft *d* that `draft_of` reads."""


class Drafts(Family):
    """A draft belongs to whoever made it, and nobody else finds it."""

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
        """Keep an upload until it is published or cancelled, at most a day. Raises `ReaderError` without room."""
        writing.take_everything()
        now, room = self._db.now(), Room(self._db, writing, guild, user)
        drop_old_drafts(writing, now)
        drop_drafts(
            writing,
            f"user_id = :user AND {_NOT_SENT} AND id NOT IN (SELECT id FROM drafts"
            f" WHERE user_id = :user AND {_NOT_SENT} ORDER BY id DESC LIMIT :others)",
            {"user": user, "others": DRAFTS_EACH - 1},
        )
        [(draft,)] = writing.rows(
            "INSERT INTO drafts"
            " (guild_id, user_id, details, understood, change, replaces, base_chapters, base_details, made_at)"
            " VALUES (:guild, :user, :details, :understood, :change, :replaces, :base_chapters, :base_details, :now)"
            " RETURNING id",
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
        return Draft(int(draft), guild, user, upload, understood, change, replaces, base=base)

    async def find(self, draft: int, user: int) -> Draft:
        """Return a draft of *user*'s. Raises `ReaderError` where it is gone."""
        row = await self._db.row(
            f"SELECT {DRAFT} FROM drafts d WHERE id = :draft AND user_id = :user AND made_at >= :since AND {_NOT_SENT}",
            {"draft": draft, "user": user, "since": self._db.now() - DRAFT_SECONDS},
        )
        files = await self._db.rows(FILES.format(owner="draft"), {"id": draft})
        if row is None or not files:
            raise ReaderError("draft-gone")
        return draft_of(row, files)

    async def change(self, draft: Draft) -> None:
        """Replace what is said of a draft, and what it is for; its files stay."""
        await self._db.execute(
            "UPDATE drafts SET details = :details, understood = :understood, change = :change, replaces = :replaces,"
            " base_chapters = :base_chapters, base_details = :base_details, wrote = :wrote"
            f" WHERE id = :draft AND {_NOT_SENT}",
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
    def drop(self, writing: Writing, draft: int) -> None:
        """Delete a draft."""
        writing.take_everything()
        take_draft(writing, draft)


def draft_of(row: Row, files: Sequence[Row]) -> Draft:
    """Return the draft in the columns `DRAFT` of *row*, with its files."""
    base = None if row["base_details"] is None else Base(row["base_chapters"], json.loads(row["base_details"]))
    return Draft(
        row["id"],
        row["guild_id"],
        row["user_id"],
        upload_of(files, json.loads(row["details"])),
        json.loads(row["understood"]),
        row["change"],
        row["replaces"],
        None if row["wrote"] is None else bool(row["wrote"]),
        base,
    )


def take_draft(writing: Writing, draft: int) -> bool:
    """Delete a draft; return whether it was there. So what is done with it is done once."""
    return drop_drafts(writing, "id = :draft", {"draft": draft}) > 0


def drop_old_drafts(writing: Writing, now: int) -> None:
    """Delete the drafts that nobody published within a day."""
    drop_drafts(writing, f"made_at < :since AND {_NOT_SENT}", {"since": now - DRAFT_SECONDS})


def drop_drafts(writing: Writing, which: str, values: Mapping[str, Value]) -> int:
    """Delete the drafts that the SQL clause *which* names, also those that wait; return how many there were."""
    ids = [int(row["id"]) for row in writing.rows(f"SELECT id FROM drafts WHERE {which}", values)]
    digests = digests_of(writing, "draft", ids)
    writing.many("DELETE FROM drafts WHERE id = :draft", [{"draft": draft} for draft in ids])
    drop_unused(writing, digests)
    return len(ids)
