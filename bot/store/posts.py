"""The bot's messages about stories, so that an emoji on one of them is counted for its story."""

from bot.domain.posts import Post
from bot.store.database import Family, Writing, transaction
from bot.store.engines import shared
from bot.store.rows import as_value
from bot.stories.model import Spot


class Posts(Family):
    """Which story a message is about."""

    @transaction
    def record(
        self,
        writing: Writing,
        message: int,
        channel: int,
        guild: int | None,
        story: int,
        *,
        quote: int | None = None,
        page: Spot | None = None,
    ) -> bool:
        """Store what a message is about, also where it was about another story or quote; return whether that is new.

        *page* is where the page begins that it shows. When that is turned, `Places.move` stores the next one.
        """
        writing.take(shared("story", story))
        new = writing.rows(
            "INSERT INTO posts (message_id, channel_id, guild_id, story_id, quote_id, chapter_id, start, posted_at)"
            " VALUES (:message, :channel, :guild, :story, :quote, :chapter, :start, :now)"
            " ON CONFLICT (message_id) DO UPDATE SET story_id = excluded.story_id,"
            " quote_id = excluded.quote_id, chapter_id = excluded.chapter_id, start = excluded.start"
            " WHERE posts.story_id <> excluded.story_id OR posts.quote_id IS DISTINCT FROM excluded.quote_id"
            " RETURNING message_id",
            {
                "message": message,
                "channel": channel,
                "guild": guild,
                "story": story,
                "quote": quote,
                "chapter": page.chapter if page else 0,
                "start": page.offset if page else 0,
                "now": self._db.now(),
            },
        )
        return bool(new)

    async def latest(self, limit: int, since: float) -> list[Post]:
        """Return this process's latest messages that were posted since a time (seconds since 1970), newest first.

        Those in direct messages are the first shard's, as Discord has it.
        """
        rows = await self._db.rows(
            "SELECT message_id, channel_id, guild_id, posted_at FROM posts"
            f" WHERE {self._db.own('coalesce(guild_id, 0)')} ORDER BY message_id DESC LIMIT :limit",
            {"limit": limit},
        )
        return [as_value(row, Post) for row in rows if row["posted_at"] >= since]

    async def forget_all(self) -> None:
        """Forget every message (a preview's world begins without any)."""
        await self._db.execute("DELETE FROM posts")


def keep_page(writing: Writing, message: int, page: Spot) -> None:
    """Store which page a message shows now, where it is one about a story; within a transaction."""
    writing.execute(
        "UPDATE posts SET chapter_id = :chapter, start = :start WHERE message_id = :message",
        {"chapter": page.chapter, "start": page.offset, "message": message},
    )
