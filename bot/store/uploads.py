"""Stories that servers upload: drafts that wait, and the files and details of those on the shelf."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from bot.domain.uploads import Draft, UploadDetails
from bot.errors import ReaderError
from bot.store.database import Database
from bot.store.rows import SUMMARY, summary_of
from bot.stories.model import StorySummary

DRAFT_SECONDS = 24 * 60 * 60
"""Seconds that a draft waits for whoever made it."""

DRAFTS_EACH = 5
"""Drafts that one person may have waiting; the oldest goes first."""


class Uploads:
    """What was uploaded, by server."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def keep_draft(
        self,
        guild: int,
        user: int,
        name: str,
        data: bytes,
        details: UploadDetails,
        understood: UploadDetails,
        replaces: int | None = None,
    ) -> Draft:
        """Keep an upload until it is published or cancelled, at most a day."""
        now = int(time.time())
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM drafts WHERE made_at < ?", (now - DRAFT_SECONDS,))
            await db.execute(
                "DELETE FROM drafts WHERE user_id = ?1 AND id NOT IN"
                " (SELECT id FROM drafts WHERE user_id = ?1 ORDER BY id DESC LIMIT ?2)",
                (user, DRAFTS_EACH - 1),
            )
            [(draft,)] = await db.execute_fetchall(
                "INSERT INTO drafts (guild_id, user_id, name, data, details, understood, replaces, made_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (guild, user, name, data, _json(details), _json(understood), replaces, now),
            )
        return Draft(int(draft), guild, user, name, data, details, understood, replaces)

    async def draft(self, draft: int, user: int) -> Draft:
        """A draft of *user*'s. Raises `ReaderError`."""
        row = await self._db.row(
            "SELECT id, guild_id, user_id, name, data, details, understood, replaces FROM drafts"
            " WHERE id = ? AND user_id = ?",
            (draft, user),
        )
        if row is None:
            raise ReaderError("draft-gone")
        number, guild, owner, name, data, details, understood, replaces = row
        return Draft(number, guild, owner, name, data, _details(details), _details(understood), replaces)

    async def change_draft(self, draft: Draft) -> None:
        """Keep what is said of a draft now."""
        async with self._db.transaction() as db:
            await db.execute(
                "UPDATE drafts SET details = ?, understood = ? WHERE id = ?",
                (_json(draft.details), _json(draft.understood), draft.id),
            )

    async def drop_draft(self, draft: int) -> None:
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM drafts WHERE id = ?", (draft,))

    async def keep(self, story: int, draft: Draft) -> None:
        """Keep the file and the details of a story that was published from *draft*, and forget the draft."""
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO uploads (story_id, name, data, details, user_id, uploaded_at) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (story_id) DO UPDATE SET name = excluded.name, data = excluded.data,"
                " details = excluded.details, user_id = excluded.user_id, uploaded_at = excluded.uploaded_at",
                (story, draft.name, draft.data, _json(draft.details), draft.user, int(time.time())),
            )
            await db.execute("DELETE FROM drafts WHERE id = ?", (draft.id,))

    async def of(self, story: int) -> tuple[str, bytes, UploadDetails] | None:
        """The file name, the file and the details of an uploaded story."""
        row = await self._db.row("SELECT name, data, details FROM uploads WHERE story_id = ?", (story,))
        return (row[0], row[1], _details(row[2])) if row else None

    async def off_shelf(self, guild: int, limit: int) -> Sequence[StorySummary]:
        """What *guild* took off its shelf: uploads of its own that are removed, and stories that it hides."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM stories s"
            " WHERE shelf = ? AND removed_at IS NOT NULL OR id IN (SELECT story_id FROM hidden_stories WHERE guild_id = ?)"
            " ORDER BY title_key, id LIMIT ?",
            (str(guild), guild, limit),
        )
        return [summary_of(row) for row in rows]

    async def with_key(self, guild: int, key: str) -> tuple[int, str] | None:
        """The story that *guild* uploaded under *key*, and its title; also one that was removed."""
        row = await self._db.row("SELECT id, title FROM stories WHERE shelf = ? AND key = ?", (str(guild), key))
        return (int(row[0]), str(row[1])) if row else None

    async def shelf(self, story: int) -> int | None:
        """The server that uploaded a story; None for one of the folder."""
        row = await self._db.row(
            "SELECT CAST(shelf AS INTEGER) FROM stories WHERE id = ? AND shelf <> 'folder'", (story,)
        )
        return int(row[0]) if row else None

    async def key(self, story: int, guild: int) -> str | None:
        """The key of a story that *guild* uploaded; None for one of another shelf."""
        row = await self._db.row("SELECT key FROM stories WHERE id = ? AND shelf = ?", (story, str(guild)))
        return str(row[0]) if row else None


def _json(details: UploadDetails) -> str:
    return json.dumps(dict(details))


def _details(text: str) -> dict[str, str]:
    return dict(json.loads(text))
