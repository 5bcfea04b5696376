"""Whether readers want a story to go on: one vote a reader and story."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.readers import Choice, Count, Votes
from bot.store.database import Database


class VoteBox:
    """The standing vote under every story. A method that changes a vote returns once it is on disk."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def cast(self, story: int, reader: int, choice: Choice, guild: int | None) -> None:
        """Record the reader's choice, replacing an earlier one; it counts for the server where it was last cast."""
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO votes (user_id, story_id, choice, guild_id, cast_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (user_id, story_id) DO UPDATE SET choice = excluded.choice,"
                " guild_id = excluded.guild_id, cast_at = excluded.cast_at",
                (reader, story, choice, guild, int(time.time())),
            )

    async def withdraw(self, story: int, reader: int) -> bool:
        """Take the reader's vote back; whether there was one."""
        async with self._db.transaction() as db:
            cursor = await db.execute("DELETE FROM votes WHERE user_id = ? AND story_id = ?", (reader, story))
            return cursor.rowcount > 0

    async def of(self, story: int, reader: int) -> Choice | None:
        """What *reader* voted."""
        row = await self._db.row("SELECT choice FROM votes WHERE user_id = ? AND story_id = ?", (reader, story))
        return row[0] if row else None

    async def tally(self, story: int, guild: int | None) -> Votes:
        """The votes on a story, everywhere and in *guild*."""
        return (await self.tallies([story], guild))[story]

    async def tallies(self, stories: Sequence[int], guild: int | None) -> dict[int, Votes]:
        """The votes on each of some stories."""
        rows = await self._db.rows(
            "SELECT story_id, choice, count(*), count(*) FILTER (WHERE guild_id = ?) FROM votes"
            f" WHERE story_id IN ({', '.join('?' * len(stories))}) GROUP BY story_id, choice",
            (guild, *stories),
        )
        overall = {(story, choice): count for story, choice, count, _ in rows}
        here = {(story, choice): count for story, choice, _, count in rows}
        return {
            story: Votes(_count(overall, story), _count(here, story) if guild is not None else None)
            for story in stories
        }


def _count(counts: dict[tuple[int, str], int], story: int) -> Count:
    return Count(counts.get((story, "continue"), 0), counts.get((story, "leave"), 0))
