"""Messages of the bot that show a story: an emoji on one counts for that story."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot about a story."""

    message: int
    channel: int
    guild: int | None
