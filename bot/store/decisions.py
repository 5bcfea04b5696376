"""What is decided about a vote: by which rules it is held, when it is closed, and the answer to it."""

from __future__ import annotations

import time

import aiosqlite

from bot.domain.votes import Choice, Role, Rules
from bot.errors import ReaderError
from bot.store.database import Database
from bot.store.news import queue_news


class Decisions:
    """Changes what is decided; `VoteBox.standing` reads it. Who may is asked before."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def set_rules(self, story: int, rules: Rules) -> None:
        """Hold the vote by *rules*. Raises `ReaderError` once somebody has voted."""
        async with self._db.transaction() as db:
            cursor = await db.execute(
                "INSERT INTO vote_rules (story_id, quorum, threshold, hidden) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
                "  (SELECT 1 FROM vote_counts WHERE story_id = ?1 AND guild_id = 0 AND go_on + leave > 0)"
                " ON CONFLICT DO UPDATE SET quorum = excluded.quorum, threshold = excluded.threshold,"
                " hidden = excluded.hidden",
                (story, rules.quorum, rules.threshold, rules.hidden),
            )
            if cursor.rowcount < 1:
                raise ReaderError("vote-begun")

    async def close(self, story: int) -> None:
        """Let nobody vote any more; counts that were hidden show."""
        async with self._db.transaction() as db:
            await _close(db, story)

    async def reopen(self, story: int, role: Role) -> None:
        """Let readers vote again, and forget the answer. What has been seen is not hidden again.

        Raises `ReaderError` where the author's answer would be forgotten by someone else.
        """
        async with self._db.transaction() as db:
            await _must_yield(db, story, role)
            await db.execute("UPDATE vote_rules SET closed_at = NULL, hidden = 0 WHERE story_id = ?", (story,))
            await db.execute("UPDATE decisions SET choice = NULL, line = '' WHERE story_id = ?", (story,))

    async def answer(self, story: int, reader: int, role: Role, choice: Choice, line: str) -> None:
        """Record the answer of *reader*, which closes the vote.

        Followers, and the servers where readers voted, are to be told; not again of what they were told already.
        Raises `ReaderError` where the author has answered, whose word is the last.
        """
        async with self._db.transaction() as db:
            await _must_yield(db, story, role)
            await _close(db, story)
            before = await db.execute_fetchall(
                "SELECT choice, announced_choice FROM decisions WHERE story_id = ?", (story,)
            )
            is_news = choice not in next((tuple(row) for row in before), ())
            await db.execute(
                "INSERT INTO decisions (story_id, choice, line, user_id, decided_at, announced_choice)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?2)"
                " ON CONFLICT DO UPDATE SET line = excluded.line, user_id = excluded.user_id,"
                " decided_at = excluded.decided_at, choice = excluded.choice,"
                " chapter_id = iif(choice IS excluded.choice, chapter_id, NULL),"
                " announced_choice = iif(choice IS excluded.choice, announced_choice, excluded.announced_choice)",
                (story, choice, line, reader, int(time.time())),
            )
            if is_news:
                [(author,)] = await db.execute_fetchall("SELECT author FROM stories WHERE id = ?", (story,))
                await queue_news(db, story, author, [("answer", 0)], self._db.now())


async def _close(db: aiosqlite.Connection, story: int) -> None:
    await db.execute(
        "INSERT INTO vote_rules (story_id, closed_at) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET closed_at = coalesce(closed_at, excluded.closed_at)",
        (story, int(time.time())),
    )


async def _must_yield(db: aiosqlite.Connection, story: int, role: Role) -> None:
    if role != "author" and await db.execute_fetchall(
        "SELECT 1 FROM decisions d JOIN story_authors w ON w.story_id = d.story_id AND w.user_id = d.user_id"
        " WHERE d.story_id = ? AND d.choice IS NOT NULL",
        (story,),
    ):
        raise ReaderError("author-answered")
