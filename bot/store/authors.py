"""Who wrote a story: linked by those who answer for its shelf, or claimed and approved."""

from __future__ import annotations

import time

from bot.domain.audience import EVERYONE, Audience
from bot.errors import StoryGone
from bot.store.database import Database, visible_sql
from bot.store.publishing import FOLDER
from bot.store.rows import SUMMARY, summary_of
from bot.stories.model import StorySummary


class Authors:
    """The readers who wrote a story; of one written together there are several."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_sql(audience)

    async def link(self, story: int, reader: int) -> None:
        """*reader* wrote *story*. What they claimed is answered by this; their own reactions to it, their vote, and
        what they said of it as a reader, go."""
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO story_authors (story_id, user_id, linked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (story, reader, int(time.time())),
            )
            await db.execute("DELETE FROM claims WHERE story_id = ? AND user_id = ?", (story, reader))
            for table in ("reactions", "votes", "reviews"):
                await db.execute(f"DELETE FROM {table} WHERE story_id = ? AND user_id = ?", (story, reader))

    async def unlink(self, story: int, reader: int) -> bool:
        """*reader* did not write *story*; whether they were linked."""
        async with self._db.transaction() as db:
            cursor = await db.execute("DELETE FROM story_authors WHERE story_id = ? AND user_id = ?", (story, reader))
            return cursor.rowcount > 0

    async def of(self, story: int) -> list[int]:
        """Who wrote a story, the first linked first."""
        rows = await self._db.rows(
            "SELECT user_id FROM story_authors WHERE story_id = ? ORDER BY linked_at, user_id", (story,)
        )
        return [int(reader) for (reader,) in rows]

    async def wrote(self, reader: int, story: int) -> bool:
        """Whether *reader* is linked to a story."""
        row = await self._db.row("SELECT 1 FROM story_authors WHERE story_id = ? AND user_id = ?", (story, reader))
        return row is not None

    async def shelf(self, story: int) -> int:
        """The server that uploaded a story; 0 for the bot's own folder. Raises `StoryGone`."""
        row = await self._db.row("SELECT shelf FROM stories WHERE id = ?", (story,))
        if row is None:
            raise StoryGone
        return 0 if row[0] == FOLDER else int(row[0])

    async def writes(self, reader: int) -> bool:
        """Whether *reader* is linked to any story."""
        return await self._db.row("SELECT 1 FROM story_authors WHERE user_id = ? LIMIT 1", (reader,)) is not None

    async def stories(self, reader: int, limit: int, skip: int = 0) -> list[StorySummary]:
        """What *reader* wrote, of what may be shown, by title."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM story_authors w CROSS JOIN {self._shown} s ON s.id = w.story_id WHERE w.user_id = ?"
            " ORDER BY s.title_key, s.id LIMIT ? OFFSET ?",
            (reader, limit, skip),
        )
        return [summary_of(row) for row in rows]
