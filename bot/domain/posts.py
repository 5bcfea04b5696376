"""Posts: messages of the bot about a story. An emoji that a reader puts on one counts for that story."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot about a story."""

    message: int
    channel: int
    guild: int | None
