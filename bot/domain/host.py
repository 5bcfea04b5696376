"""The bot's operation, as its host sees it: processes, shards, queues, faults, servers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one process."""

    count: int
    """Number of shards of all processes together."""
    own: tuple[int, ...]

    def have(self, server: int) -> bool:
        """Return whether a server belongs to one of these shards."""
        return (server >> 22) % self.count in self.own

    @property
    def are_all(self) -> bool:
        """Whether this process has all shards."""
        return len(self.own) == self.count


ALL_SHARDS = Shards(1, (0,))
"""Shards of a bot with a single process: it handles every server, however many shards Discord assigns."""


BEAT_SECONDS = 15
"""Seconds between two heartbeats of a process."""

STALE_SECONDS = 60
"""Seconds without a heartbeat after which a process counts as gone."""

FORGOTTEN_SECONDS = 24 * 60 * 60
"""Seconds after which the last heartbeat of a process is deleted, when another process starts."""

BANNED_AT = 10_000
"""Number of refused requests from one IP address in ten minutes that makes Discord ban the address."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A gateway connection to Discord."""

    id: int
    latency: float | None
    """Seconds that Discord takes to acknowledge a heartbeat; None if unknown."""
    down_since: int | None
    """Seconds since 1970; None while the shard is connected."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of waiting work."""

    name: str
    length: int
    """Number of due entries."""
    oldest: int | None
    """Due time of the oldest due entry, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An unexpected error that a reader met."""

    reference: str
    """Code shown to the reader and written to the log, to match the two."""
    at: int
    what: str
    """The command, or the kind of button."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """State of a process at its last heartbeat."""

    host: str
    process: int
    version: str
    started_at: int
    beat_at: int
    shards: tuple[Shard, ...] = ()
    servers: int = 0
    queues: tuple[Queue, ...] = ()
    faults: tuple[Fault, ...] = ()
    refused: int = 0
    """Requests of the last ten minutes that Discord refused."""


@dataclass(frozen=True, slots=True)
class ServerCounts:
    """Numbers of a server's stories and schedules."""

    stories: int
    """Visible uploads in the server's library."""
    schedules: int
    """The server's quote of the day and serials."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that the bot is in."""

    id: int
    name: str
    members: int | None
    """Approximate number of members; None if Discord did not send one."""
    counts: ServerCounts
