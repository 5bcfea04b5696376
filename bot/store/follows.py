"""Follows: stories and authors that a reader follows, and news about them.

An author is a user linked to a story, not a typed name. Readers see only the pen name on the author's stories, never
the user.

Deliveries are not recorded: a chapter is new only once.
"""

from collections.abc import Sequence

from bot.domain.follows import (
    FOLLOWS_AT_MOST,
    SHUT_SECONDS,
    FollowedItem,
    FollowKind,
    FollowScope,
    FollowStatus,
    News,
    ReadersRequest,
)
from bot.domain.notices import REPLY, STORY, Notice
from bot.domain.questions import Reply
from bot.domain.rights import EVERYONE, Audience
from bot.errors import ReaderError
from bot.store.database import IN_ORDER, Database, Family, Row, Value, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.outbox import ONCE
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, summary_of
from bot.store.settings import StoredSettings, chosen_sql
from bot.store.visibility import visible_sql, visible_unmuted_sql

_COLUMNS: dict[FollowKind, str] = {"story": "story_id", "author": "author_id"}

_AUTHORS = "SELECT a.id FROM story_authors w JOIN authors a ON a.user_id = w.user_id WHERE w.story_id = :story"

_FOLLOWED = (
    "SELECT 'story' AS kind, guild_id FROM follows WHERE user_id = :reader AND story_id = :story"
    " UNION ALL SELECT 'author', f.guild_id FROM story_authors w JOIN authors a ON a.user_id = w.user_id"
    " LEFT JOIN follows f ON f.author_id = a.id AND f.user_id = :reader WHERE w.story_id = :story"
)

_ALL_FOLLOWS = (
    "SELECT story_id, author_id, max(followed_at) AS latest FROM follows WHERE user_id = :reader"
    " GROUP BY story_id, author_id"
)


class Follows(Family):
    """A reader's follows, private to that reader."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)
        self._name = (
            f"(SELECT n.author FROM story_authors w {IN_ORDER} {self._visible} n ON n.id = w.story_id"
            " WHERE w.user_id = a.user_id AND n.author IS NOT NULL ORDER BY n.added_at DESC, n.id DESC LIMIT 1)"
        )

    @transaction
    def follow(self, writing: Writing, reader: int, subject: FollowKind, story: int, guild: int) -> None:
        """Follow *story*, or its authors, from the server *guild* (0: a direct message).

        Raises `ReaderError` if the reader follows too many stories and authors, or if the story has no linked author.
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
        """Stop following, in every server, the story or author with the id *number*; return whether it was followed."""
        writing.take(alone("reader", reader))
        deleted = writing.execute(
            f"DELETE FROM follows WHERE user_id = :reader AND {_COLUMNS[subject]} = :followed",
            {"reader": reader, "followed": number},
        )
        return deleted > 0

    async def unfollow_authors(self, reader: int, story: int) -> None:
        """Stop following the authors of a story in every server."""
        await self._db.execute(
            f"DELETE FROM follows WHERE user_id = :reader AND author_id IN ({_AUTHORS})",
            {"reader": reader, "story": story},
        )

    async def name(self, author: int) -> str | None:
        """Return the author's name on the latest of their stories that the audience may see; None if there is none."""
        row = await self._db.row(f"SELECT {self._name} AS name FROM authors a WHERE a.id = :author", {"author": author})
        return row["name"] if row else None

    async def of(self, reader: int, story: int, guild: int) -> FollowStatus:
        """Return how *reader* follows a story and its authors: from *guild*, only from other servers, or not at all."""
        found: dict[str, set[int | None]] = {"story": set(), "author": set()}
        for row in await self._db.rows(_FOLLOWED, {"reader": reader, "story": story}):
            found[row["kind"]].add(row["guild_id"])
        return FollowStatus(_scope(found["story"], guild), _scope(found["author"], guild) if found["author"] else None)

    async def count(self, reader: int) -> int:
        """Count the stories and authors that *reader* follows."""
        return await self._db.number(f"SELECT count(*) FROM ({_ALL_FOLLOWS}) e", {"reader": reader})

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[FollowedItem]:
        """Return the stories and authors that *reader* follows, latest first."""
        rows = await self._db.rows(
            "SELECT CASE WHEN e.story_id IS NULL THEN 'author' ELSE 'story' END AS subject,"
            f" coalesce(e.story_id, e.author_id) AS id, {self._name} AS author, {SUMMARY} FROM ({_ALL_FOLLOWS}) e"
            f" LEFT JOIN authors a ON a.id = e.author_id LEFT JOIN {self._visible} s ON s.id = e.story_id"
            " ORDER BY e.latest DESC, e.story_id, e.author_id LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_followed(row) for row in rows]


def _scope(servers: set[int | None], guild: int) -> FollowScope:
    """Return whether the *servers* of a reader's follows contain *guild*, only others, or none. None is ignored."""
    if guild in servers:
        return "this_server"
    return "other_server" if servers - {None} else "none"


def _followed(row: Row) -> FollowedItem:
    return as_value(row, FollowedItem, story=None if row["story_id"] is None else summary_of(row))


def queue_news(writing: Writing, story: int, items: Sequence[str], now: int) -> None:
    """Queue the *items* of an update (`Notice.items`) of a story.

    Recipients are the followers of the story and of its authors, and the servers from which they follow. Servers
    with answers to the default question also get the reply to it, and the first chapter after the reply "continue";
    servers with answers to an author's own question get the first chapter after its end. Delivery checks notice
    settings, and whether the recipient may see the story.
    """
    chapters = {item: int(item) for item in items if item.isdecimal()}
    for chapter in list(chapters.values())[:1]:
        writing.execute(_RECORD_CHAPTER, {"story": story, "chapter": chapter})
    values = {"story": story, "now": now}
    writing.many(_QUEUE, [values | {"item": item, "chapter": chapters.get(item, 0)} for item in items])


def queue_new_story(writing: Writing, story: int, author: int, now: int, since: int) -> None:
    """Queue *story* for followers of its newly linked *author*, if it was added after the epoch second *since*."""
    writing.execute(_QUEUE_NEW, {"story": story, "author": author, "now": now, "since": since})


_FOLLOWERS = "SELECT f.user_id, f.guild_id FROM authors a JOIN follows f ON f.author_id = a.id"

_INSERT = "INSERT INTO outbox (user_id, guild_id, kind, subject, item, due_at)"

_QUEUE_NEW = (
    f"WITH followers AS ({_FOLLOWERS} JOIN stories s ON s.id = :story AND s.added_at > :since"
    "  WHERE a.user_id = :author)"
    f" {_INSERT} SELECT user_id, 0, 'updates', :story, '{STORY}', :now FROM followers WHERE TRUE"
    f" UNION SELECT 0, guild_id, 'updates', :story, '{STORY}', :now FROM followers WHERE guild_id <> 0 {ONCE}"
)

_QUEUE = (
    "WITH followers AS (SELECT user_id, guild_id FROM follows WHERE story_id = :story"
    f" UNION {_FOLLOWERS} JOIN story_authors w ON w.user_id = a.user_id WHERE w.story_id = :story)"
    f" {_INSERT} SELECT user_id, 0, 'updates', :story, :item, :now FROM followers WHERE TRUE"
    " UNION SELECT 0, guild_id, 'updates', :story, :item, :now FROM followers WHERE guild_id <> 0"
    " UNION SELECT 0, c.guild_id, 'updates', :story, :item, :now FROM questions q"
    "  JOIN answer_counts c ON c.question_id = q.id AND c.guild_id <> 0 AND c.count > 0"
    f"  WHERE q.story_id = :story AND (:item = '{REPLY}' AND q.text IS NULL OR q.chapter_id = :chapter) {ONCE}"
)

_RECORD_CHAPTER = (
    "UPDATE questions SET chapter_id = :chapter, announced_choice = NULL"
    " WHERE story_id = :story AND choice = 'continue' AND chapter_id IS NULL"
)

_FOLLOWED_HERE = f"f.guild_id = :guild AND {chosen_sql('notices', 'f.user_id')} = 'server'"

_REPLIED = (
    "SELECT q.choice, q.line, q.chapter_id, coalesce(c.count, 0) AS voters,"
    " EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = q.story_id AND w.user_id = q.replied_by) AS by_author,"
    " EXISTS (SELECT 1 FROM ballots b WHERE b.question_id = q.id AND b.user_id = :reader AND b.number = 1"
    "  AND b.user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = q.story_id)) AS by_reader"
    " FROM questions q JOIN stories s ON s.id = q.story_id AND s.may_vote = 1"
    " LEFT JOIN answer_counts c ON c.question_id = q.id AND c.guild_id = 0 AND c.number = 1"
    " WHERE q.story_id = :story AND q.text IS NULL AND q.choice IS NOT NULL"
)

_ANSWERED_HERE = (
    "SELECT q.text, q.chapter_id FROM questions q JOIN answer_counts c ON c.question_id = q.id"
    " AND c.guild_id = :guild AND c.guild_id <> 0 AND c.count > 0 WHERE q.story_id = :story"
)


class StoryNews(Family):
    """Contents of updates: the news that still exist, that the audience may see and that the recipient wants."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_unmuted_sql(audience)

    async def news(self, notice: Notice, now: float) -> News | None:
        """Return the news in the update *notice* for its recipient, or None. *now* is in epoch seconds."""
        row = await self._db.row(
            f"SELECT {SUMMARY} FROM {self._visible} s WHERE s.id = :story", {"story": notice.subject}
        )
        if row is None:
            return None
        story = summary_of(row)
        follows_story, author = await self._wanted(notice, now)
        wanted = set(notice.ids)
        chapters = await self._db.rows(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = :story AND c.position IS NOT NULL"
            " ORDER BY c.position",
            {"story": notice.subject},
        )
        new = tuple(chapter_of(chapter) for chapter in chapters if chapter["chapter_id"] in wanted)
        is_new = STORY in notice.items
        reply, asked_for = await self._replied(notice, wanted)
        answered = await self._db.rows(_ANSWERED_HERE, {"story": notice.subject, "guild": notice.guild})
        voted_here = any(reply or asked_for if row["text"] is None else row["chapter_id"] in wanted for row in answered)
        if not (follows_story or author or voted_here) or not (is_new or new or reply):
            return None
        return News(story, is_new, new, follows_story, author, reply, asked_for if new else None)

    async def _replied(self, notice: Notice, chapters: set[int]) -> tuple[Reply | None, ReadersRequest | None]:
        """Return the reply to the default question, if in *notice*, and the readers' request that led to *chapters*."""
        row = await self._db.row(_REPLIED, {"story": notice.subject, "reader": notice.user})
        if row is None:
            return None, None
        reply = as_value(row, Reply) if REPLY in notice.items else None
        if not row["voters"] or row["chapter_id"] not in chapters:
            return reply, None
        return reply, as_value(row, ReadersRequest)

    async def _wanted(self, notice: Notice, now: float) -> tuple[bool, int | None]:
        """Return whether the recipient follows the story, and the id of one of its followed authors, or None."""
        values: dict[str, Value] = {"story": notice.subject, "reader": notice.user, "guild": notice.guild}
        if notice.user:
            chosen = await StoredSettings(self._db).of_reader(notice.user)
            if chosen.notices != "direct" or (chosen.unreached_at or 0) > int(now) - SHUT_SECONDS:
                return False, None
        whose = "f.user_id = :reader" if notice.user else _FOLLOWED_HERE
        followers = f"SELECT f.author_id FROM follows f WHERE {whose}"
        row = await self._db.row(
            f"SELECT EXISTS ({followers} AND f.story_id = :story) AS follows_story,"
            f" ({followers} AND f.author_id IN (SELECT a.id FROM authors a JOIN story_authors w"
            "  ON w.user_id = a.user_id WHERE w.story_id = :story) LIMIT 1) AS author",
            values,
        )
        return (bool(row["follows_story"]), row["author"]) if row else (False, None)

    async def servers(self, story: int) -> list[int]:
        """Return the ids of at most ten servers that show a story with limited visibility. An id of 0 is no server."""
        rows = await self._db.rows(
            "SELECT home AS guild_id FROM stories WHERE id = :story AND home > 0"
            " UNION SELECT guild_id FROM story_servers WHERE story_id = :story LIMIT 10",
            {"story": story},
        )
        return [row["guild_id"] for row in rows]
