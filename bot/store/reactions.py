"""What moved readers, tallied per story: once per reader and emoji, by a button or on a message."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from bot.errors import OwnStory
from bot.readers import EVERYONE, Audience, Emoji, Reaction
from bot.store.database import Database, listed_to

BUTTON = 0
"""Stands for the message where a reaction was given by a button."""

_GIVE = (
    "INSERT INTO reactions (story_id, emoji, user_id, message_id, given_at, guild_id, quote_id)"
    " SELECT story_id, ?1, ?2, message_id, ?3, coalesce(guild_id, 0), quote_id FROM posts WHERE message_id = ?4"
    " AND NOT EXISTS (SELECT 1 FROM writers w WHERE w.story_id = posts.story_id AND w.user_id = ?2)"
    " ON CONFLICT DO NOTHING"
)
"""An emoji on a message: its key, the reader, when, the message. An author's on their own story does not count."""


class Reactions:
    """Rows of reader, story, emoji and where. An emoji is spelled by its `bot.readers.Emoji.key`."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._listed = listed_to(audience)

    async def toggle(self, story: int, reader: int, emoji: str, guild: int | None = None) -> bool:
        """Press the button: gives the emoji, or takes back all of this reader's; whether it is given now.

        Raises `OwnStory` for who wrote it.
        """
        async with self._db.transaction() as db:
            if await db.execute_fetchall("SELECT 1 FROM writers WHERE story_id = ? AND user_id = ?", (story, reader)):
                raise OwnStory
            cursor = await db.execute(
                "DELETE FROM reactions WHERE story_id = ? AND emoji = ? AND user_id = ?",
                (story, emoji, reader),
            )
            if cursor.rowcount > 0:
                return False
            await db.execute(
                "INSERT INTO reactions (story_id, emoji, user_id, message_id, given_at, guild_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (story, emoji, reader, BUTTON, int(time.time()), guild or 0),
            )
            return True

    async def give(self, message: int, reader: int, emoji: Emoji) -> bool:
        """A reader put *emoji* on a message; counted, and True, if the message is one of the bot's about a story."""
        if not await self._is_ours(message):
            return False
        async with self._db.transaction() as db:
            await db.execute(_GIVE, (emoji.key, reader, int(time.time()), message))
        return True

    async def knows(self, emoji: Emoji) -> bool:
        """Whether a custom emoji was met before."""
        return await self._db.row("SELECT 1 FROM custom_emoji WHERE id = ?", (int(emoji.key),)) is not None

    async def learn(self, emoji: Emoji) -> None:
        """Remember what a custom emoji is called and whether the bot can show it."""
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO custom_emoji (id, name, animated, usable) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
                " DO UPDATE SET name = excluded.name, animated = excluded.animated, usable = excluded.usable",
                (int(emoji.key), emoji.name, emoji.animated, emoji.usable),
            )

    async def take(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Emoji came off a message: one reader's, all of one emoji, or all of them."""
        if not await self._is_ours(message):
            return
        async with self._db.transaction() as db:
            await db.execute(
                "DELETE FROM reactions WHERE message_id = ?1 AND message_id <> 0"
                " AND (?2 IS NULL OR user_id = ?2) AND (?3 IS NULL OR emoji = ?3)",
                (message, reader, emoji.key if emoji else None),
            )

    async def counted_on(self, message: int) -> dict[str, int]:
        """How many readers gave each emoji on one message, by its key."""
        rows = await self._db.rows(
            "SELECT emoji, count(*) FROM reactions WHERE message_id = ? AND message_id <> 0 GROUP BY emoji", (message,)
        )
        return {str(emoji): int(count) for emoji, count in rows}

    async def settle(self, message: int, emoji: Emoji, readers: Collection[int]) -> None:
        """Who gave *emoji* on a message is these, and nobody else."""
        async with self._db.transaction() as db:
            rows = await db.execute_fetchall(
                "SELECT user_id FROM reactions WHERE message_id = ? AND message_id <> 0 AND emoji = ?",
                (message, emoji.key),
            )
            stored = {int(reader) for (reader,) in rows}
            await db.executemany(
                "DELETE FROM reactions WHERE message_id = ? AND emoji = ? AND user_id = ?",
                [(message, emoji.key, reader) for reader in stored - set(readers)],
            )
            now = int(time.time())
            await db.executemany(_GIVE, [(emoji.key, reader, now, message) for reader in set(readers) - stored])

    async def _is_ours(self, message: int) -> bool:
        """Most reactions in a server are on other messages; those take no part in the one writer's time."""
        return await self._db.row("SELECT 1 FROM posts WHERE message_id = ?", (message,)) is not None

    async def of(self, story: int, reader: int) -> set[str]:
        """The emoji that *reader* gave to a story."""
        rows = await self._db.rows("SELECT emoji FROM reactions WHERE story_id = ? AND user_id = ?", (story, reader))
        return {emoji for (emoji,) in rows}

    async def tally(self, story: int) -> list[Reaction]:
        """How many readers gave each emoji, the most given first."""
        rows = await self._db.rows(
            "SELECT t.emoji, t.readers, c.name, c.animated, c.usable"
            " FROM tallies t LEFT JOIN custom_emoji c ON c.id = CAST(t.emoji AS INTEGER)"
            " WHERE t.story_id = ? ORDER BY t.readers DESC, t.emoji",
            (story,),
        )
        return [
            Reaction(Emoji(key, name, bool(animated), bool(usable)), count)
            for key, count, name, animated, usable in rows
        ]

    async def totals(self, stories: Sequence[int]) -> dict[int, int]:
        """How many reactions each of some stories has."""
        rows = await self._db.rows(
            f"SELECT id, loved FROM stories WHERE id IN ({', '.join('?' * len(stories))})", tuple(stories)
        )
        return {int(story): int(count) for story, count in rows if count}
