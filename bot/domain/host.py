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
"""Shards of a single process, which handles every server, however many shards Discord assigns."""


BEAT_SECONDS = 15
"""Seconds between two heartbeats of a process."""

STALE_SECONDS = 60
"""Seconds without a heartbeat after which a process counts as gone."""

FORGOTTEN_SECONDS = 24 * 60 * 60
"""Seconds after which the last heartbeat of a process is deleted, when another process starts."""

BANNED_AT = 10_000
"""Number of refused requests in ten minutes at which Discord bans an IP address."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A gateway connection to Discord."""

    id: int
    latency: float | None
    """Seconds that Discord takes to acknowledge a heartbeat; None if unknown."""
    down_since: int | None
    """Time from which the shard has been disconnected, in seconds since 1970; None while it is connected."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of waiting work."""

    name: str
    length: int
    """Number of due entries."""
    oldest: int | None
    """Due time of the oldest due entry, in seconds since 1970; None without due entries."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An unexpected error that a reader met."""

    reference: str
    """Code that is shown to the reader and written to the log, so that the host can find the log entry."""
    at: int
    """Seconds since 1970."""
    what: str
    """The command or the kind of button that failed."""


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
    """Number of requests that Discord refused in the last ten minutes."""


@dataclass(frozen=True, slots=True)
class ServerCounts:
    """Numbers of a server's stories and schedules."""

    stories: int
    """Number of uploads on the server's shelf."""
    schedules: int
    """Number of the server's serials and quotes of the day, including stopped ones."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that the bot is in."""

    id: int
    name: str
    members: int | None
    """Approximate number of members; None if Discord did not send a number."""
    counts: ServerCounts
