"""Uploads: drafts that wait to be published, and the files and details of the stories that servers uploaded."""

import json
from collections.abc import Sequence

from bot.domain.uploads import Draft, UploadDetails
from bot.errors import ReaderError
from bot.store.database import Family, Writing, transaction
from bot.store.publishing import FOLDER
from bot.store.rows import SUMMARY, summary_of
from bot.stories.model import StorySummary

DRAFT_SECONDS = 24 * 60 * 60
"""The seconds that a draft waits for whoever made it."""

DRAFTS_EACH = 5
"""The most drafts that one member may have waiting; the oldest goes first."""


class Uploads(Family):
    """What members uploaded, by server."""

    @transaction
    def keep_draft(
        self,
        writing: Writing,
        guild: int,
        user: int,
        name: str,
        data: bytes,
        details: UploadDetails,
        understood: UploadDetails,
        replaces: int | None = None,
    ) -> Draft:
        """Keep an upload until it is published or cancelled, at most a day."""
        now = self._db.now()
        writing.execute("DELETE FROM drafts WHERE made_at < :since", {"since": now - DRAFT_SECONDS})
        writing.execute(
            "DELETE FROM drafts WHERE user_id = :user AND id NOT IN"
            " (SELECT id FROM drafts WHERE user_id = :user ORDER BY id DESC LIMIT :others)",
            {"user": user, "others": DRAFTS_EACH - 1},
        )
        [(draft,)] = writing.rows(
            "INSERT INTO drafts (guild_id, user_id, name, data, details, understood, replaces, made_at)"
            " VALUES (:guild, :user, :name, :data, :details, :understood, :replaces, :now) RETURNING id",
            {
                "guild": guild,
                "user": user,
                "name": name,
                "data": data,
                "details": json.dumps(details),
                "understood": json.dumps(understood),
                "replaces": replaces,
                "now": now,
            },
        )
        return Draft(int(draft), guild, user, name, data, details, understood, replaces)

    async def draft(self, draft: int, user: int) -> Draft:
        """Return a draft of *user*'s. Raises `ReaderError` where it is gone."""
        row = await self._db.row(
            "SELECT guild_id, name, data, details, understood, replaces FROM drafts"
            " WHERE id = :draft AND user_id = :user",
            {"draft": draft, "user": user},
        )
        if row is None:
            raise ReaderError("draft-gone")
        return Draft(
            draft,
            row["guild_id"],
            user,
            row["name"],
            row["data"],
            json.loads(row["details"]),
            json.loads(row["understood"]),
            row["replaces"],
        )

    async def change_draft(self, draft: Draft) -> None:
        """Replace the details of a draft."""
        await self._db.execute(
            "UPDATE drafts SET details = :details, understood = :understood WHERE id = :draft",
            {
                "details": json.dumps(draft.details),
                "understood": json.dumps(draft.understood),
                "draft": draft.id,
            },
        )

    async def drop_draft(self, draft: int) -> None:
        """Delete a draft."""
        await self._db.execute("DELETE FROM drafts WHERE id = :draft", {"draft": draft})

    @transaction
    def keep(self, writing: Writing, story: int, draft: Draft) -> None:
        """Keep the file and the details of a story that was published from *draft*, and delete the draft."""
        writing.execute(
            "INSERT INTO uploads (story_id, name, data, details, user_id, uploaded_at)"
            " VALUES (:story, :name, :data, :details, :user, :now)"
            " ON CONFLICT (story_id) DO UPDATE SET name = excluded.name, data = excluded.data,"
            " details = excluded.details, user_id = excluded.user_id, uploaded_at = excluded.uploaded_at",
            {
                "story": story,
                "name": draft.name,
                "data": draft.data,
                "details": json.dumps(draft.details),
                "user": draft.user,
                "now": self._db.now(),
            },
        )
        writing.execute("DELETE FROM drafts WHERE id = :draft", {"draft": draft.id})

    async def of(self, story: int) -> tuple[str, bytes, UploadDetails] | None:
        """Return the file name, the bytes and the details of an uploaded story."""
        row = await self._db.row("SELECT name, data, details FROM uploads WHERE story_id = :story", {"story": story})
        return (row["name"], row["data"], json.loads(row["details"])) if row else None

    async def off_shelf(self, guild: int, limit: int) -> Sequence[StorySummary]:
        """Return what *guild* took off its shelf: its own uploads that are removed, and stories that it hides."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM stories s WHERE s.shelf = :shelf AND s.removed_at IS NOT NULL"
            " OR s.id IN (SELECT story_id FROM hidden_stories WHERE guild_id = :guild)"
            " ORDER BY s.title_key, s.id LIMIT :limit",
            {"shelf": str(guild), "guild": guild, "limit": limit},
        )
        return [summary_of(row) for row in rows]

    async def with_key(self, guild: int, key: str) -> tuple[int, str] | None:
        """Return the id and the title of the story that *guild* uploaded under *key*; also one that was removed."""
        row = await self._db.row(
            "SELECT id, title FROM stories WHERE shelf = :shelf AND key = :key", {"shelf": str(guild), "key": key}
        )
        return (row["id"], row["title"]) if row else None

    async def shelf(self, story: int) -> int | None:
        """Return the server that uploaded a story; None for one of the folder."""
        row = await self._db.row(
            "SELECT shelf FROM stories WHERE id = :story AND shelf <> :folder", {"story": story, "folder": FOLDER}
        )
        return int(row["shelf"]) if row else None

    async def key(self, story: int, guild: int) -> str | None:
        """Return the key of a story that *guild* uploaded; None for one of another shelf."""
        row = await self._db.row(
            "SELECT key FROM stories WHERE id = :story AND shelf = :shelf", {"story": story, "shelf": str(guild)}
        )
        return row["key"] if row else None
