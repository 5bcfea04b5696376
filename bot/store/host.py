"""The bot's own state: heartbeats of its processes, their shared rate limits, named texts, and counts by server."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from bot.domain.host import FORGOTTEN_SECONDS, STALE_SECONDS, Heartbeat, Queue, ServerCounts
from bot.store.database import Database, Family, Writing, named_list, transaction
from bot.store.engines import ONE_STATEMENT
from bot.store.look import HEARTBEATS, heartbeat_of
from bot.store.rows import as_value

QUEUES = ("updates", "reviews", "notices")
"""Queues in the outbox, as shown to the host. ``notices`` has all kinds of notices but ``updates`` and ``reviews``."""

_QUEUES = (
    "SELECT CASE WHEN kind IN ('updates', 'reviews') THEN kind ELSE 'notices' END AS name, count(*) AS length,"
    " min(due_at) AS oldest FROM outbox WHERE due_at <= :now GROUP BY name"
)


class Heartbeats(Family):
    """Heartbeats of all processes, and the lengths of the queues."""

    async def queues(self) -> tuple[Queue, ...]:
        """Return for each queue the number of notices due now, and the earliest due time."""
        rows = await self._db.rows(_QUEUES, {"now": self._db.now()})
        found = {row["name"]: as_value(row, Queue) for row in rows}
        return tuple(found.get(name, Queue(name, 0, None)) for name in QUEUES)

    async def all(self) -> list[Heartbeat]:
        """Return the last heartbeat of each process."""
        return list(map(heartbeat_of, await self._db.rows(HEARTBEATS)))

    @transaction
    def beat(self, writing: Writing, beat: Heartbeat) -> None:
        """Store a process's heartbeat, which replaces the process's last one.

        The first heartbeat of a process deletes heartbeats older than `STALE_SECONDS` on its machine, and those older
        than `FORGOTTEN_SECONDS` on any machine.
        """
        writing.take(ONE_STATEMENT)
        known = "SELECT 1 FROM heartbeats WHERE host = :host AND process = :process AND started_at = :started"
        if not writing.row(known, {"host": beat.host, "process": beat.process, "started": beat.started_at}):
            writing.execute(
                "DELETE FROM heartbeats WHERE (host = :host AND beat_at < :since) OR beat_at < :long_ago",
                {
                    "host": beat.host,
                    "since": beat.beat_at - STALE_SECONDS,
                    "long_ago": beat.beat_at - FORGOTTEN_SECONDS,
                },
            )
        parts = ("shards", "servers", "queues", "faults", "refused")
        facts = {name: value for name, value in asdict(beat).items() if name in parts}
        writing.execute(
            "INSERT INTO heartbeats (host, process, version, started_at, beat_at, facts)"
            " VALUES (:host, :process, :version, :started, :now, :facts)"
            " ON CONFLICT (host, process) DO UPDATE SET version = excluded.version, started_at = excluded.started_at,"
            " beat_at = excluded.beat_at, facts = excluded.facts",
            {
                "host": beat.host,
                "process": beat.process,
                "version": beat.version,
                "started": beat.started_at,
                "now": beat.beat_at,
                "facts": json.dumps(facts),
            },
        )

    async def end(self, host: str, process: int) -> None:
        """Delete the heartbeat of a process that has shut down."""
        await self._db.execute(
            "DELETE FROM heartbeats WHERE host = :host AND process = :process", {"host": host, "process": process}
        )


class GivenTimes(Family):
    """Rate limits shared by all processes: each time slot for a *purpose* is given to one process only."""

    def __init__(self, db: Database, purpose: Literal["identify", "send"]) -> None:
        super().__init__(db)
        self._purpose = purpose

    async def take(self, bucket: int, between: float, most: float) -> float | None:
        """Reserve the next time slot of *bucket*, at least *between* seconds after its last slot.

        Returns the seconds until then; None, without a reservation, if they exceed *most*.
        """
        now = int(self._db.clock() * 1000)
        values = {"bucket": bucket, "now": now, "between": round(between * 1000), "most": int(most * 1000)}
        rows = await self._db.changed(_TAKE, values | {"purpose": self._purpose})
        return max(rows[0]["last_ms"] - now, 0) / 1000 if rows else None


# A stored time more than `2 * most` in the future comes from a wrong clock, and is replaced by the present.
_TAKE = (
    "INSERT INTO given_times (purpose, bucket, last_ms) VALUES (:purpose, :bucket, :now)"
    " ON CONFLICT (purpose, bucket) DO UPDATE SET last_ms ="
    "  CASE WHEN given_times.last_ms + :between > :now AND given_times.last_ms < :now + :most"
    "  THEN given_times.last_ms + :between ELSE :now END"
    " WHERE given_times.last_ms + :between <= :now + :most OR given_times.last_ms > :now + 2 * :most"
    " RETURNING last_ms"
)


class BotState(Family):
    """Texts stored by name. Writing to a name again replaces its text."""

    async def read(self, name: str) -> str | None:
        row = await self._db.row("SELECT value FROM bot_state WHERE name = :name", {"name": name})
        return row["value"] if row else None

    async def write(self, name: str, value: str) -> None:
        await self._db.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            {"name": name, "value": value},
        )


class Servers(Family):
    """Counts of each server's stories and schedules."""

    async def counts(self, guilds: Sequence[int]) -> dict[int, ServerCounts]:
        """Return the counts of each server in *guilds*."""
        shelves, values = named_list("shelf", [str(guild) for guild in guilds])
        stories = await self._db.rows(
            "SELECT shelf, count(*) AS found FROM stories"
            f" WHERE shelf IN {shelves} AND removed_at IS NULL GROUP BY shelf",
            values,
        )
        listed, values = named_list("guild", list(guilds))
        schedules = await self._db.rows(
            f"SELECT guild_id, count(*) AS found FROM schedules WHERE guild_id IN {listed} GROUP BY guild_id", values
        )
        of_stories = {int(row["shelf"]): int(row["found"]) for row in stories}
        of_schedules = {int(row["guild_id"]): int(row["found"]) for row in schedules}
        return {guild: ServerCounts(of_stories.get(guild, 0), of_schedules.get(guild, 0)) for guild in guilds}
