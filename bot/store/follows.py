"""Follows: the stories and the authors that a reader follows.

An author is a user who is linked to stories, not a name that anybody may type. Readers see the name that stands on the
author's stories, so a pen name stays one.
"""

from bot.domain.audience import EVERYONE, Audience
from bot.domain.follows import FOLLOWS_AT_MOST, FollowedItem, FollowKind, FollowScope, FollowStatus
from bot.errors import ReaderError
from bot.store.database import IN_ORDER, Database, Family, Row, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.rows import SUMMARY, as_value, summary_of
from bot.store.visibility import visible_sql

_COLUMNS: dict[FollowKind, str] = {"story": "story_id", "author": "author_id"}

_AUTHORS = "SELECT a.id FROM story_authors w JOIN authors a ON a.user_id = w.user_id WHERE w.story_id = :story"

_FOLLOWED = (
    "SELECT 'story' AS kind, guild_id FROM follows WHERE user_id = :reader AND story_id = :story"
    " UNION ALL SELECT 'author', f.guild_id FROM story_authors w JOIN authors a ON a.user_id = w.user_id"
    " LEFT JOIN follows f ON f.author_id = a.id AND f.user_id = :reader WHERE w.story_id = :story"
)

_EACH = (
    "SELECT story_id, author_id, max(followed_at) AS latest FROM follows WHERE user_id = :reader"
    " GROUP BY story_id, author_id"
)


class Follows(Family):
    """A reader's follows; nobody else is shown them."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)
        self._name = (
            f"(SELECT n.author FROM story_authors w {IN_ORDER} {self._visible} n ON n.id = w.story_id"
            " WHERE w.user_id = a.user_id AND n.author IS NOT NULL ORDER BY n.added_at DESC, n.id DESC LIMIT 1)"
        )

    @transaction
    def follow(self, writing: Writing, reader: int, subject: FollowKind, story: int, guild: int) -> None:
        """Follow *story*, or its authors, from *guild* (0: a direct message).

        Raises `ReaderError` for one too many, and where nobody is linked to the story as its author.
        """
        writing.take(alone("reader", reader), shared("story", story))
        column = _COLUMNS[subject]
        followed = [story]
        if subject == "author":
            followed = [int(row["id"]) for row in writing.rows(_AUTHORS, {"story": story})]
        if not followed:
            raise ReaderError("author-unknown")
        writing.many(
            f"INSERT INTO follows (user_id, {column}, guild_id, followed_at)"
            " VALUES (:reader, :followed, :guild, :now)"
            f" ON CONFLICT (user_id, {column}, guild_id) DO NOTHING",
            [{"reader": reader, "followed": each, "guild": guild, "now": self._db.now()} for each in followed],
        )
        [(count,)] = writing.rows("SELECT count(*) FROM follows WHERE user_id = :reader", {"reader": reader})
        if count > FOLLOWS_AT_MOST:
            raise ReaderError("follows-full", most=FOLLOWS_AT_MOST)

    @transaction
    def unfollow(self, writing: Writing, reader: int, subject: FollowKind, number: int) -> bool:
        """Stop following a story or an author, from whichever server; return whether they were followed."""
        writing.take(alone("reader", reader))
        deleted = writing.execute(
            f"DELETE FROM follows WHERE user_id = :reader AND {_COLUMNS[subject]} = :followed",
            {"reader": reader, "followed": number},
        )
        return deleted > 0

    async def unfollow_authors(self, reader: int, story: int) -> None:
        """Stop following the authors of a story, from whichever server."""
        await self._db.execute(
            f"DELETE FROM follows WHERE user_id = :reader AND author_id IN ({_AUTHORS})",
            {"reader": reader, "story": story},
        )

    async def name(self, author: int) -> str | None:
        """Return the name on the latest story of an author that the audience may see; None where it sees none."""
        row = await self._db.row(f"SELECT {self._name} AS name FROM authors a WHERE a.id = :author", {"author": author})
        return row["name"] if row else None

    async def of(self, reader: int, story: int, guild: int) -> FollowStatus:
        """Return whether *reader* follows a story and its authors, seen from *guild*."""
        found: dict[str, set[int | None]] = {"story": set(), "author": set()}
        for row in await self._db.rows(_FOLLOWED, {"reader": reader, "story": story}):
            found[row["kind"]].add(row["guild_id"])
        return FollowStatus(_scope(found["story"], guild), _scope(found["author"], guild) if found["author"] else None)

    async def count(self, reader: int) -> int:
        """Count the stories and authors that *reader* follows."""
        return await self._db.number(f"SELECT count(*) FROM ({_EACH}) e", {"reader": reader})

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[FollowedItem]:
        """Return what *reader* follows, the latest first."""
        rows = await self._db.rows(
            "SELECT CASE WHEN e.story_id IS NULL THEN 'author' ELSE 'story' END AS subject,"
            f" coalesce(e.story_id, e.author_id) AS id, {self._name} AS author, {SUMMARY} FROM ({_EACH}) e"
            f" LEFT JOIN authors a ON a.id = e.author_id LEFT JOIN {self._visible} s ON s.id = e.story_id"
            " ORDER BY e.latest DESC, e.story_id, e.author_id LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_followed(row) for row in rows]


def _scope(servers: set[int | None], guild: int) -> FollowScope:
    """Return where somebody follows who does so from *servers*; None stands for nowhere."""
    if guild in servers:
        return "this_server"
    return "other_server" if servers - {None} else "none"


def _followed(row: Row) -> FollowedItem:
    return as_value(row, FollowedItem, story=None if row["story_id"] is None else summary_of(row))
