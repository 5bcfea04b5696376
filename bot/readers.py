"""What readers do: votes, reactions, places. Values and the rules about them; no Discord, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bot.stories.model import Spot

WORDS_A_MINUTE = 230
"""The pace of a reader of fiction (Brysbaert 2019: 238 words a minute for silent reading of prose in English)."""

Choice = Literal["continue", "leave"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True)
class Count:
    """How many readers chose each."""

    go_on: int = 0
    leave: int = 0

    @property
    def all(self) -> int:
        return self.go_on + self.leave


@dataclass(frozen=True, slots=True)
class Votes:
    """The standing vote of a story: everywhere, and in the server that asks (None in a direct message)."""

    overall: Count
    here: Count | None


@dataclass(frozen=True, slots=True)
class Reaction:
    """How many readers gave an emoji to a story."""

    emoji: str
    readers: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is in a story."""

    story: int
    spot: Spot
    finished: bool


def minutes(words: int) -> int:
    """How long *words* take to read, in whole minutes; at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def plain_emoji(emoji: str) -> str:
    """One spelling for an emoji however a client writes it: without the variation selector that only styles it."""
    return emoji.replace("\ufe0f", "")
