"""Follows: the stories, and the authors by their names, that a reader follows."""

from bot.domain.audience import EVERYONE, Audience
from bot.domain.follows import FOLLOWS_AT_MOST, FollowedItem, FollowKind, FollowScope, FollowStatus
from bot.errors import ReaderError
from bot.store.database import Database, Family, Row, Writing, transaction
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql
from bot.stories.folding import fold
from bot.stories.model import StorySummary

_COLUMNS: dict[FollowKind, str] = {"story": "story_id", "author": "author_id"}

_EACH = (
    "SELECT story_id, author_id, max(followed_at) AS latest FROM follows WHERE user_id = :reader"
    " GROUP BY story_id, author_id"
)


class Follows(Family):
    """A reader's follows; nobody else is shown them."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    @transaction
    def follow(self, writing: Writing, reader: int, subject: FollowKind, story: StorySummary, guild: int) -> None:
        """Follow *story*, or its author, from *guild* (0: a direct message). Raises `ReaderError` for one too many."""
        column = _COLUMNS[subject]
        followed = story.id
        if subject == "author":
            [(followed,)] = writing.rows(
                "INSERT INTO followed_authors (key, name) VALUES (:key, :name)"
                " ON CONFLICT (key) DO UPDATE SET name = excluded.name RETURNING id",
                {"key": fold(story.author or ""), "name": story.author},
            )
        [(count,)] = writing.rows("SELECT count(*) FROM follows WHERE user_id = :reader", {"reader": reader})
        if count >= FOLLOWS_AT_MOST:
            raise ReaderError("follows-full", most=FOLLOWS_AT_MOST)
        writing.execute(
            f"INSERT INTO follows (user_id, {column}, guild_id, followed_at)"
            " VALUES (:reader, :followed, :guild, :now)"
            f" ON CONFLICT (user_id, {column}, guild_id) DO NOTHING",
            {"reader": reader, "followed": followed, "guild": guild, "now": self._db.now()},
        )

    async def unfollow(self, reader: int, subject: FollowKind, number: int) -> str | None:
        """Stop following a story or an author, from whichever server; return the name of an author."""
        await self._db.execute(
            f"DELETE FROM follows WHERE user_id = :reader AND {_COLUMNS[subject]} = :followed",
            {"reader": reader, "followed": number},
        )
        if subject == "story":
            return None
        row = await self._db.row("SELECT name FROM followed_authors WHERE id = :author", {"author": number})
        return row["name"] if row else None

    async def author_of(self, story: StorySummary) -> int:
        """Return the id of a story's author; 0 where nobody ever followed them."""
        return await author_id(self._db, story)

    async def of(self, reader: int, story: StorySummary, guild: int) -> FollowStatus:
        """Return whether *reader* follows a story and its author, seen from *guild*."""
        author = await author_id(self._db, story)
        return FollowStatus(
            await self._scope(reader, "story", story.id, guild), await self._scope(reader, "author", author, guild)
        )

    async def _scope(self, reader: int, subject: FollowKind, number: int, guild: int) -> FollowScope:
        rows = await self._db.rows(
            f"SELECT guild_id FROM follows WHERE user_id = :reader AND {_COLUMNS[subject]} = :followed",
            {"reader": reader, "followed": number},
        )
        if not rows:
            return "none"
        return "this_server" if any(row["guild_id"] == guild for row in rows) else "other_server"

    async def count(self, reader: int) -> int:
        """Count the stories and authors that *reader* follows."""
        return await self._db.number(f"SELECT count(*) FROM ({_EACH}) e", {"reader": reader})

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[FollowedItem]:
        """Return what *reader* follows, the latest first."""
        rows = await self._db.rows(
            f"SELECT e.story_id AS followed_story, e.author_id, a.name, {SUMMARY} FROM ({_EACH}) e"
            f" LEFT JOIN followed_authors a ON a.id = e.author_id LEFT JOIN {self._visible} s ON s.id = e.story_id"
            " ORDER BY e.latest DESC, e.story_id, e.author_id LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_followed(row) for row in rows]


def _followed(row: Row) -> FollowedItem:
    if row["followed_story"] is None:
        return FollowedItem("author", row["author_id"], row["name"], None)
    return FollowedItem("story", row["followed_story"], None, None if row["story_id"] is None else summary_of(row))


async def author_id(db: Database, story: StorySummary) -> int:
    """Return the id of a story's author; 0 where nobody ever followed them."""
    return await db.number("SELECT id FROM followed_authors WHERE key = :key", {"key": fold(story.author or "")})
