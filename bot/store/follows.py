"""What readers follow: stories, and authors by their names."""

from __future__ import annotations

import time

from bot.domain.audience import EVERYONE, Audience
from bot.domain.follows import FOLLOWS_AT_MOST, FollowedItem, FollowKind, FollowScope, FollowStatus
from bot.errors import ReaderError
from bot.store.database import Database, Row, visible_sql
from bot.store.rows import SUMMARY, summary_of
from bot.stories.folding import fold
from bot.stories.model import StorySummary

_COLUMNS: dict[FollowKind, str] = {"story": "story_id", "author": "author_id"}


class Follows:
    """A reader's own; nobody else is shown it."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_sql(audience)

    async def follow(self, reader: int, subject: FollowKind, story: StorySummary, guild: int) -> None:
        """Follow *story*, or its author, from *guild* (0: a direct message). Raises `ReaderError`."""
        async with self._db.transaction() as db:
            followed = story.id
            if subject == "author":
                await db.execute(
                    "INSERT INTO followed_authors (key, name) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET name = ?2",
                    (fold(story.author or ""), story.author),
                )
                [(followed,)] = await db.execute_fetchall(
                    "SELECT id FROM followed_authors WHERE key = ?", (fold(story.author or ""),)
                )
            [(rows,)] = await db.execute_fetchall("SELECT count(*) FROM follows WHERE user_id = ?", (reader,))
            if rows >= FOLLOWS_AT_MOST:
                raise ReaderError("follows-full", most=FOLLOWS_AT_MOST)
            await db.execute(
                f"INSERT INTO follows (user_id, {_COLUMNS[subject]}, guild_id, followed_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (reader, followed, guild, int(time.time())),
            )

    async def unfollow(self, reader: int, subject: FollowKind, number: int) -> str | None:
        """Follow a story or an author no more, from whichever server; the name of an author."""
        async with self._db.transaction() as db:
            await db.execute(
                f"DELETE FROM follows WHERE user_id = ? AND {_COLUMNS[subject]} = ?",
                (reader, number),
            )
        return await self._author(number) if subject == "author" else None

    async def _author(self, number: int) -> str | None:
        row = await self._db.row("SELECT name FROM followed_authors WHERE id = ?", (number,))
        return str(row[0]) if row else None

    async def author_of(self, story: StorySummary) -> int:
        """The number of a story's author; 0 where nobody ever followed them."""
        return await author_id(self._db, story)

    async def of(self, reader: int, story: StorySummary, guild: int) -> FollowStatus:
        """Whether *reader* follows a story and its author, seen from *guild*."""
        author = await author_id(self._db, story)
        return FollowStatus(
            await self._where(reader, "story", story.id, guild), await self._where(reader, "author", author, guild)
        )

    async def _where(self, reader: int, subject: FollowKind, number: int, guild: int) -> FollowScope:
        row = await self._db.row(
            f"SELECT max(guild_id = ?) FROM follows WHERE user_id = ? AND {_COLUMNS[subject]} = ?",
            (guild, reader, number),
        )
        return "none" if row is None or row[0] is None else "this_server" if row[0] else "other_server"

    async def count(self, reader: int) -> int:
        """How many stories and authors *reader* follows."""
        row = await self._db.row(f"SELECT count(*) FROM ({_EACH})", (reader,))
        return int(row[0]) if row else 0

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[FollowedItem]:
        """What *reader* follows, the latest first."""
        rows = await self._db.rows(
            f"SELECT e.story_id, e.author_id, a.name, {SUMMARY} FROM ({_EACH}) e"
            f" LEFT JOIN followed_authors a ON a.id = e.author_id LEFT JOIN {self._shown} s ON s.id = e.story_id"
            " ORDER BY e.latest DESC, e.story_id, e.author_id LIMIT ? OFFSET ?",
            (reader, limit, skip),
        )
        return [_followed(row) for row in rows]


def _followed(row: Row) -> FollowedItem:
    story, author, name, *entry = row
    if story is None:
        return FollowedItem("author", author, name, None)
    return FollowedItem("story", story, None, None if entry[0] is None else summary_of(row, 3))


_EACH = (
    "SELECT story_id, author_id, max(followed_at) AS latest FROM follows WHERE user_id = ? GROUP BY story_id, author_id"
)


async def author_id(db: Database, story: StorySummary) -> int:
    """The number of a story's author; 0 where nobody ever followed them."""
    row = await db.row("SELECT id FROM followed_authors WHERE key = ?", (fold(story.author or ""),))
    return int(row[0]) if row else 0
