"""Servers that the bot has left. Their data is deleted thirty days later, unless the bot returns.

Readers' votes, reactions and other acts in such a server stay if the story is of the stories folder, without the
server's id.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.store.database import Family, Writing, named_list, transaction
from bot.store.deleting import delete_story, drop_drafts
from bot.store.engines import ONE_STATEMENT

KEPT_SECONDS = 30 * 24 * 60 * 60
"""Seconds between the bot's departure and the deletion of a server's data."""

OF_SERVER: tuple[str, ...] = (
    "settings", "audit_log", "outbox", "schedules", "reviews", "hidden_stories",
    "story_servers", "posts", "leaderboard", "question_posts",
    "departures",
)  # fmt: skip
"""Tables whose rows with the server's ``guild_id`` are deleted. Drafts and uploaded stories are deleted separately."""

FORGET: dict[str, str] = {
    "answer_counts": "DELETE FROM answer_counts WHERE guild_id = :guild AND guild_id <> 0",
    "ballots": "UPDATE ballots SET guild_id = 0 WHERE guild_id = :guild",
    "questions": "UPDATE questions SET guild_id = 0 WHERE guild_id = :guild",
    "reactions": "UPDATE reactions SET guild_id = 0 WHERE guild_id = :guild",
    "saved_quotes": "UPDATE saved_quotes SET guild_id = 0 WHERE guild_id = :guild",
    "places": "UPDATE places SET finished_in = 0 WHERE finished_in = :guild",
    "follows": "UPDATE follows SET guild_id = 0 WHERE guild_id = :guild AND NOT EXISTS (SELECT 1 FROM follows f"
    " WHERE f.user_id = follows.user_id AND f.guild_id = 0 AND f.story_id IS NOT DISTINCT FROM follows.story_id"
    " AND f.author_id IS NOT DISTINCT FROM follows.author_id)",
}
"""By table: the statement that removes the server's id from rows of readers, or deletes counts of that server."""

KNOWN = " UNION ".join(
    (
        *(f"SELECT DISTINCT guild_id FROM {table}" for table in OF_SERVER if table != "departures"),
        "SELECT DISTINCT guild_id FROM drafts",
        "SELECT DISTINCT home AS guild_id FROM stories WHERE shelf <> 'folder'",
    )
)
"""SQL: ids of all servers with stored data. Reads each table or index once, at the start of the bot."""


class Departures(Family):
    """The times at which the bot left servers, and the deletion of their data."""

    async def known(self) -> set[int]:
        """Return the ids of the servers with data that a departure would delete."""
        found = [row["guild_id"] for row in await self._db.rows(KNOWN)]
        return {int(guild) for guild in found if guild is not None and guild > 0}

    @transaction
    def leave(self, writing: Writing, guilds: Iterable[int]) -> None:
        """Store that the bot has left *guilds* now, unless a departure is stored already."""
        writing.take(ONE_STATEMENT)
        writing.many(
            "INSERT INTO departures (guild_id, since) VALUES (:guild, :now) ON CONFLICT (guild_id) DO NOTHING",
            [{"guild": guild, "now": self._db.now()} for guild in sorted(guilds)],  # in order of id, to avoid deadlocks
        )

    async def come_back(self, guilds: Iterable[int]) -> None:
        """Delete the departures from *guilds*, since the bot is back."""
        listed, values = named_list("guild", list(guilds))
        await self._db.execute(f"DELETE FROM departures WHERE guild_id IN {listed}", values)

    async def counted(self) -> set[int]:
        """Return the ids of the servers with a stored departure."""
        return {int(row["guild_id"]) for row in await self._db.rows("SELECT guild_id FROM departures")}

    async def due(self) -> list[int]:
        """Return the ids of the servers that the bot left at least thirty days ago."""
        rows = await self._db.rows(
            "SELECT guild_id FROM departures WHERE since <= :since ORDER BY since",
            {"since": self._db.now() - KEPT_SECONDS},
        )
        return [int(row["guild_id"]) for row in rows]

    @transaction
    def delete(self, writing: Writing, guild: int) -> bool:
        """Delete a server's data; return False if the bot has returned or left less than thirty days ago."""
        writing.take_everything()
        values = {"guild": guild, "since": self._db.now() - KEPT_SECONDS}
        if writing.row("SELECT 1 FROM departures WHERE guild_id = :guild AND since <= :since", values) is None:
            return False
        for row in writing.rows("SELECT id FROM stories WHERE shelf = :shelf", {"shelf": str(guild)}):
            delete_story(writing, int(row["id"]))
        drop_drafts(writing, "guild_id = :guild", {"guild": guild})
        for sql in FORGET.values():
            writing.execute(sql, values)
        writing.execute("DELETE FROM follows WHERE guild_id = :guild", values)
        for table in OF_SERVER:
            writing.execute(f"DELETE FROM {table} WHERE guild_id = :guild", values)
        writing.execute(
            "DELETE FROM quote_decks WHERE scope = :scope OR scope > :scope || ':' AND scope < :scope || ';'",
            {"scope": f"guild:{guild}"},
        )
        return True
