"""How each process of the bot is: a row each, and the outbox that they drain together."""

import json
from dataclasses import asdict

from bot.domain.heartbeats import FORGOTTEN_SECONDS, STALE_SECONDS, Heartbeat, Queue
from bot.store.database import Family, Writing, transaction
from bot.store.engines import ONE_STATEMENT
from bot.store.look import HEARTBEATS, heartbeat_of
from bot.store.rows import as_value

QUEUES = ("updates", "reviews", "notices")
"""What the host sees of the outbox: notices of these kinds, and all others as the last of them."""

_QUEUES = (
    "SELECT CASE WHEN kind IN ('updates', 'reviews') THEN kind ELSE 'notices' END AS name, count(*) AS length,"
    " min(due_at) AS oldest FROM outbox WHERE due_at <= :now GROUP BY name"
)


class Heartbeats(Family):
    """The heartbeats of all processes."""

    async def queues(self) -> tuple[Queue, ...]:
        """Return what is due by now."""
        rows = await self._db.rows(_QUEUES, {"now": self._db.now()})
        found = {row["name"]: as_value(row, Queue) for row in rows}
        return tuple(found.get(name, Queue(name, 0, None)) for name in QUEUES)

    async def all(self) -> list[Heartbeat]:
        """Return the last heartbeat of each process."""
        return list(map(heartbeat_of, await self._db.rows(HEARTBEATS)))

    @transaction
    def beat(self, writing: Writing, beat: Heartbeat) -> None:
        """Write down how a process is; a new one forgets those of its machine that are gone, and any from days ago."""
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
        """Forget a process that has stopped as it should."""
        await self._db.execute(
            "DELETE FROM heartbeats WHERE host = :host AND process = :process", {"host": host, "process": process}
        )
