"""Servers, as whoever runs the bot sees them."""

from dataclasses import dataclass


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
