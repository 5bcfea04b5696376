"""Whether readers want a story to go on: one vote a reader and story."""

from __future__ import annotations

import time
from collections.abc import Sequence

import aiosqlite

from bot.domain.votes import Count, VoteAnswer, VoteChoice, VoteCounts, VoteNumbers, VoteRules, VoteStatus
from bot.errors import ReaderError, StoryGone
from bot.store.database import Database, Row


class Votes:
    """The standing vote under every story. A method that changes a vote returns once it is on disk."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def cast(self, story: int, reader: int, choice: VoteChoice, guild: int | None) -> None:
        """Record the reader's choice, replacing an earlier one; it counts for the server where it was last cast.

        Raises `ReaderError` for who wrote it.
        """

        async def change(db: aiosqlite.Connection) -> None:
            await _must_be_open(db, story)
            if await db.execute_fetchall(
                "SELECT 1 FROM story_authors WHERE story_id = ? AND user_id = ?", (story, reader)
            ):
                raise ReaderError("own-story")
            await db.execute("DELETE FROM votes WHERE user_id = ? AND story_id = ?", (reader, story))
            await db.execute(
                "INSERT INTO votes (user_id, story_id, choice, guild_id, cast_at) VALUES (?, ?, ?, ?, ?)",
                (reader, story, choice, guild, int(time.time())),
            )

        await self._db.batched(change)

    async def withdraw(self, story: int, reader: int) -> bool:
        """Take the reader's vote back; whether there was one. Raises `ReaderError`."""
        async with self._db.transaction() as db:
            await _must_be_open(db, story)
            cursor = await db.execute("DELETE FROM votes WHERE user_id = ? AND story_id = ?", (reader, story))
            return cursor.rowcount > 0

    async def of(self, story: int, reader: int) -> VoteChoice | None:
        """What *reader* voted."""
        row = await self._db.row("SELECT choice FROM votes WHERE user_id = ? AND story_id = ?", (reader, story))
        return row[0] if row else None

    async def standing(self, story: int, guild: int | None) -> VoteStatus:
        """The vote of a story, everywhere and in *guild*. Raises `StoryGone`."""
        found = await self.standings([story], guild)
        if story not in found:
            raise StoryGone
        return found[story]

    async def standings(self, stories: Sequence[int], guild: int | None) -> dict[int, VoteStatus]:
        """The vote of each of some stories."""
        if not stories:
            return {}
        rows = await self._db.rows(
            "SELECT s.id, e.go_on, e.leave, h.go_on, h.leave, f.readers, f.go_on, f.leave,"
            " (SELECT count(*) FROM story_authors w JOIN places p ON p.user_id = w.user_id AND p.story_id = w.story_id"
            "  WHERE w.story_id = s.id AND p.finished_at IS NOT NULL),"
            " r.quorum, r.threshold, r.hidden, r.closed_at, d.choice, d.line, c.number,"
            " EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = s.id AND w.user_id = d.user_id)"
            " FROM stories s LEFT JOIN vote_counts e ON e.story_id = s.id AND e.guild_id = 0"
            " LEFT JOIN vote_counts h ON h.story_id = s.id AND h.guild_id = ?"
            " LEFT JOIN finish_counts f ON f.story_id = s.id LEFT JOIN vote_rules r ON r.story_id = s.id"
            " LEFT JOIN decisions d ON d.story_id = s.id LEFT JOIN chapters c ON c.id = d.chapter_id"
            f" WHERE s.id IN ({', '.join('?' * len(stories))})",
            (guild, *stories),
        )
        return {int(row[0]): _standing(row, guild) for row in rows}


async def _must_be_open(db: aiosqlite.Connection, story: int) -> None:
    if await db.execute_fetchall("SELECT 1 FROM vote_rules WHERE story_id = ? AND closed_at IS NOT NULL", (story,)):
        raise ReaderError("vote-closed")


def _standing(row: Row, guild: int | None) -> VoteStatus:
    overall, here, finished = _count(row, 1), _count(row, 3), _count(row, 6)
    readers, writers = row[5] or 0, row[8]
    quorum, threshold, hidden, closed_at, choice, line, chapter, by_author = row[9:]
    rules = VoteRules() if quorum is None else VoteRules(quorum, threshold, bool(hidden))
    numbers = VoteNumbers(
        VoteCounts(overall, here if guild is not None else None), finished, readers - writers - finished.all
    )
    return VoteStatus(
        voters=overall.all,
        numbers=None if rules.hidden and closed_at is None else numbers,
        rules=rules,
        is_closed=closed_at is not None,
        answer=None if choice is None else VoteAnswer(choice, line, bool(by_author), chapter),
    )


def _count(row: Row, at: int) -> Count:
    """The votes in the columns of *row* from *at* on; where there is no row of them nobody has voted."""
    return Count(row[at] or 0, row[at + 1] or 0)
