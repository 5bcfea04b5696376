"""News that waits to be told: an outbox, filled in the transaction that shelves a story.

A notice is taken out before it is sent. So a crash between the two loses that one, and none is ever told twice, not
by two processes either. Nothing is kept of what was told: a chapter's number is new once only.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import aiosqlite

from bot.domain.audience import EVERYONE, Audience
from bot.domain.news import SHUT_SECONDS, News, NewsJob, NoticeKind, ReadersRequest
from bot.domain.votes import Answer
from bot.store.database import Database, Value, visible_unmuted_sql
from bot.store.follows import author_id
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.stories.folding import fold


async def make_notices(
    db: aiosqlite.Connection, story: int, author: str | None, about: Iterable[tuple[NoticeKind, int]]
) -> None:
    """Have all who follow *story* or *author*, and the servers where they do, told of each thing *about* it.

    An answer to its vote, and the first chapter that comes after "it goes on", is told in the servers where readers
    voted, too. Who wants to be told where, and who may see the story, is decided when they are told.
    """
    about = list(about)
    for chapter in [chapter for kind, chapter in about if kind == "chapter"][:1]:
        await db.execute(_CAME, (story, chapter))
    [(number,)] = await db.execute_fetchall(
        "SELECT coalesce((SELECT id FROM followed_authors WHERE key = ?), 0)", (fold(author or ""),)
    )
    await db.executemany(_MAKE, [(story, number, kind, chapter, int(time.time())) for kind, chapter in about])


_MAKE = (
    "WITH followers AS (SELECT user_id, guild_id FROM follows WHERE story_id = ?1"
    " UNION SELECT user_id, guild_id FROM follows WHERE author_id = ?2)"
    " INSERT INTO news_outbox (user_id, guild_id, story_id, kind, chapter_id, due_at)"
    " SELECT user_id, 0, ?1, ?3, ?4, ?5 FROM followers"
    " UNION SELECT 0, guild_id, ?1, ?3, ?4, ?5 FROM followers WHERE guild_id <> 0"
    " UNION SELECT 0, guild_id, ?1, ?3, ?4, ?5 FROM vote_counts WHERE story_id = ?1 AND guild_id <> 0"
    "  AND go_on + leave > 0 AND (?3 = 'answer' OR ?4 = (SELECT chapter_id FROM decisions WHERE story_id = ?1))"
    " ON CONFLICT DO NOTHING"
)

_CAME = (
    "UPDATE decisions SET chapter_id = ?2, announced_choice = NULL"
    " WHERE story_id = ?1 AND choice = 'continue' AND chapter_id IS NULL"
)

_CLAIM = (
    "DELETE FROM news_outbox WHERE (user_id, guild_id, story_id) IN"
    " (SELECT user_id, guild_id, story_id FROM news_outbox WHERE due_at <= ? ORDER BY due_at LIMIT 1)"
    " RETURNING user_id, guild_id, story_id, kind, chapter_id, tries"
)

_READER = (
    "f.user_id = :reader AND coalesce(r.notices, 'direct') = 'direct' AND coalesce(r.unreached_at, 0) <= :shut_before"
)
_SERVER = "f.guild_id = :guild AND r.notices = 'server'"

_DECIDED = (
    "SELECT d.choice, d.line, d.chapter_id, coalesce(c.go_on, 0),"
    " EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = d.story_id AND w.user_id = d.user_id),"
    " EXISTS (SELECT 1 FROM votes v WHERE v.story_id = d.story_id AND v.user_id = :reader AND v.choice = 'continue'),"
    " EXISTS (SELECT 1 FROM vote_counts h WHERE h.story_id = d.story_id AND h.guild_id = :guild AND h.guild_id <> 0"
    "  AND h.go_on + h.leave > 0)"
    " FROM decisions d JOIN stories s ON s.id = d.story_id AND s.may_vote = 1"
    " LEFT JOIN vote_counts c ON c.story_id = d.story_id AND c.guild_id = 0"
    " WHERE d.story_id = :story AND d.choice IS NOT NULL"
)


class NewsOutbox:
    """Takes out what is due, and says what of it the audience may hear."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_unmuted_sql(audience)

    async def claim(self, now: float) -> NewsJob | None:
        """Take out all that is to be told of one story to one reader or server; nobody else is given it."""
        async with self._db.transaction() as db:
            rows = list(await db.execute_fetchall(_CLAIM, (int(now),)))
        if not rows:
            return None
        reader, guild, story = rows[0][:3]
        return NewsJob(reader, guild, story, tuple((row[3], row[4]) for row in rows), max(row[5] for row in rows))

    async def put_back(self, due: NewsJob, at: float) -> None:
        """Tell it again, from *at* on: it did not get through."""
        async with self._db.transaction() as db:
            await db.executemany(
                "INSERT INTO news_outbox (user_id, guild_id, story_id, kind, chapter_id, tries, due_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (due.reader, due.guild, due.story, kind, chapter, due.tries + 1, int(at))
                    for kind, chapter in due.about
                ],
            )

    async def news(self, due: NewsJob, now: float) -> News | None:
        """What to say: of what the audience may see, is still there, and is still wanted there. None for nothing."""
        row = await self._db.row(f"SELECT {SUMMARY} FROM {self._shown} s WHERE s.id = ?", (due.story,))
        if row is None:
            return None
        story = summary_of(row)
        follows_story, author = await self._wanted(due, await author_id(self._db, story), now)
        wanted = {chapter for kind, chapter in due.about if kind == "chapter"}
        chapters = await self._db.rows(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = ? AND c.number IS NOT NULL ORDER BY c.number",
            (due.story,),
        )
        new = tuple(chapter_of(chapter) for chapter in chapters if chapter[0] in wanted)
        is_new = any(kind == "story" for kind, _ in due.about)
        answer, asked_for, voted_here = await self._decided(due, wanted)
        if not (follows_story or author or voted_here) or not (is_new or new or answer):
            return None
        return News(story, is_new, new, follows_story, author, answer, asked_for if new else None)

    async def _decided(self, due: NewsJob, chapters: set[int]) -> tuple[Answer | None, ReadersRequest | None, bool]:
        """The answer that is to be told, who asked for the *chapters*, and whether for either a server is told.

        Where nobody follows the story, a server hears of what its readers voted on all the same.
        """
        row = await self._db.row(_DECIDED, {"story": due.story, "reader": due.reader, "guild": due.guild})
        if row is None:
            return None, None, False
        choice, line, chapter, voters, by_author, voted, voted_here = row
        answer = Answer(choice, line, bool(by_author)) if ("answer", 0) in due.about else None
        asked_for = ReadersRequest(voters, bool(voted)) if voters and chapter in chapters else None
        return answer, asked_for, bool(voted_here) and (answer is not None or asked_for is not None)

    async def _wanted(self, due: NewsJob, author: int, now: float) -> tuple[bool, int | None]:
        """Whether those who are told want to be told here, for the story, and for which author."""
        values: dict[str, Value] = {"story": due.story, "author": author, "reader": due.reader, "guild": due.guild}
        who = _READER if due.reader else _SERVER
        followers = (
            f"SELECT f.author_id FROM follows f LEFT JOIN reader_settings r ON r.user_id = f.user_id WHERE {who}"
        )
        row = await self._db.row(
            f"SELECT EXISTS ({followers} AND f.story_id = :story), ({followers} AND f.author_id = :author LIMIT 1)",
            values | {"shut_before": int(now) - SHUT_SECONDS},
        )
        return (bool(row[0]), row[1]) if row else (False, None)

    async def servers(self, story: int) -> list[int]:
        """The servers in which a story shows that does not show everywhere, the first ten of them."""
        rows = await self._db.rows(
            "SELECT home FROM stories WHERE id = ?1 AND home > 0"
            " UNION SELECT guild_id FROM story_servers WHERE story_id = ?1 LIMIT 10",
            (story,),
        )
        return [int(row[0]) for row in rows]

    async def unreached(self, reader: int, now: float | None) -> None:
        """Remember that a direct message did not reach *reader*; None: that the next may be tried."""
        async with self._db.transaction() as db:
            if now is None:
                await db.execute("UPDATE reader_settings SET unreached_at = NULL WHERE user_id = ?", (reader,))
            else:
                await db.execute(
                    "INSERT INTO reader_settings (user_id, unreached_at) VALUES (?, ?)"
                    " ON CONFLICT (user_id) DO UPDATE SET unreached_at = excluded.unreached_at",
                    (reader, int(now)),
                )

    async def unreached_since(self, reader: int) -> int | None:
        """When a direct message last did not reach *reader*, in seconds since 1970."""
        row = await self._db.row("SELECT unreached_at FROM reader_settings WHERE user_id = ?", (reader,))
        return row[0] if row else None
