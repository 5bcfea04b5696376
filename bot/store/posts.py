"""The bot's messages about stories, so that an emoji on one of them is counted for its story."""

from __future__ import annotations

import time

import aiosqlite

from bot.domain.posts import Post
from bot.store.database import Database
from bot.stories.model import Spot


class Posts:
    """Which story a message is about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def record(
        self,
        message: int,
        channel: int,
        guild: int | None,
        story: int,
        *,
        quote: int | None = None,
        page: Spot | None = None,
    ) -> bool:
        """Remember what a message is about, also where it was about another before; whether that is new.

        With it where the *page* begins that it shows: when it is turned, `Places.move` remembers that.
        """
        row = await self._db.row("SELECT story_id, quote_id FROM posts WHERE message_id = ?", (message,))
        if row is not None and tuple(row) == (story, quote):
            return False
        spot = (page.chapter, page.offset) if page else (0, 0)
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO posts (message_id, channel_id, guild_id, story_id, quote_id, chapter_id, start, posted_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO UPDATE SET story_id = excluded.story_id,"
                " quote_id = excluded.quote_id, chapter_id = excluded.chapter_id, start = excluded.start",
                (message, channel, guild, story, quote, *spot, int(time.time())),
            )
        return True

    async def latest(self, limit: int, since: float) -> list[Post]:
        """The latest messages that were posted since a time (seconds since 1970), the newest first."""
        rows = await self._db.rows(
            "SELECT message_id, channel_id, guild_id, posted_at FROM posts ORDER BY message_id DESC LIMIT ?", (limit,)
        )
        return [Post(message, channel, guild) for message, channel, guild, posted_at in rows if posted_at >= since]

    async def forget_all(self) -> None:
        """Forget every message (a preview's world begins without any)."""
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM posts")


async def keep_page(db: aiosqlite.Connection, message: int, page: Spot) -> None:
    """Remember which page a message shows now, where it is one about a story; within a transaction."""
    await db.execute(
        "UPDATE posts SET chapter_id = ?, start = ? WHERE message_id = ?", (page.chapter, page.offset, message)
    )
