"""What whoever runs the bot sees and shares out: its processes, their shards, its servers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one process."""

    count: int
    """How many there are in all processes."""
    own: tuple[int, ...]

    def have(self, server: int) -> bool:
        """Return whether a server is on one of them."""
        return (server >> 22) % self.count in self.own

    @property
    def are_all(self) -> bool:
        """Whether there is no other process."""
        return len(self.own) == self.count


ALL_SHARDS = Shards(1, (0,))
"""Of a bot in one process: every server is its own, however many shards Discord has it open."""


BEAT_SECONDS = 15
"""Seconds between two heartbeats of a process."""

STALE_SECONDS = 60
"""Seconds after its last heartbeat from which a process counts as gone."""

FORGOTTEN_SECONDS = 24 * 60 * 60
"""Seconds after its last heartbeat from which a process of another machine is of no interest."""

BANNED_AT = 10_000
"""Refused requests in ten minutes, of all processes with one address, for which Discord bans that address."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A connection to Discord."""

    id: int
    latency: float | None
    """Seconds that Discord takes to answer a heartbeat; None while it is not known."""
    down_since: int | None
    """In seconds since 1970; None: it is up."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits to be done."""

    name: str
    length: int
    """How many are due."""
    oldest: int | None
    """When the first of them was due, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An unexpected error that a reader met."""

    reference: str
    """What the reader was given, and what its lines in the log bear."""
    at: int
    what: str
    """The command, or the kind of button."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How a process was when it last said so."""

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
    """What a server has here."""

    stories: int
    """Its uploads that are in its library."""
    schedules: int
    """Its quote of the day and its serials."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that the bot is in."""

    id: int
    name: str
    members: int | None
    """About how many; None: Discord did not say."""
    counts: ServerCounts
