"""How the processes of the bot are: what each says of itself every few seconds."""

from dataclasses import dataclass

BEAT_SECONDS = 15
"""Seconds between two heartbeats of a process."""

STALE_SECONDS = 60
"""Seconds after its last heartbeat from which a process counts as gone."""

FORGOTTEN_SECONDS = 24 * 60 * 60
"""Seconds after its last heartbeat from which a process of another machine is of no interest."""

BANNED_AT = 10_000
"""Refused requests in ten minutes, of all processes with one address, for which Discord bans that address."""

QUEUE_SECONDS = 5 * 60
"""Seconds for which what is due may wait."""


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
