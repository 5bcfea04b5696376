"""Who sees an answer: what they may see depends on where they are and on their age."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees what is shown somewhere: where it is not certain that all are adults, they are not."""

    adult: bool = False
    guild: int = 0
    """The server whose own stories they see beside those that all see; 0 in a direct message."""
    reader: int = 0
    """The one who asks, whose mutes hold in lists; 0 for nobody in particular."""
    direct: bool = False
    """Whether they are alone with the bot, where they may have said that they are an adult."""


EVERYONE = Audience()
