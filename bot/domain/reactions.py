"""Reactions: the emoji that readers give to a story, a page, a quote or a post, and the leaderboards of them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji that a reader gave. A custom one is the same whatever it is called, so its *key* is its id."""

    key: str
    name: str | None = None
    """What a custom emoji is called; None for any other."""
    animated: bool = False
    usable: bool = False
    """Whether the bot can show a custom emoji."""

    @classmethod
    def read(cls, text: str) -> Self:
        """An emoji as Discord writes it: itself, or ``<a:name:id>`` for a custom one.

        Some clients write a variation selector, which only styles an emoji.
        """
        match = re.fullmatch(r"<(a?):(.*):([0-9]{1,20})>", text)
        return cls(match[3], match[2], bool(match[1])) if match else cls(text.replace("\ufe0f", ""))


@dataclass(frozen=True, slots=True)
class Reaction:
    """How many readers gave an emoji to a story."""

    emoji: Emoji
    readers: int


@dataclass(frozen=True, slots=True)
class Reacted:
    """What stands under a story after a reader pressed an emoji."""

    given: Collection[str]
    """The emoji that this reader gave, to the story or to the page that they pressed on, by their keys."""
    tally: Sequence[Reaction]
    """Of the whole story."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot about a story."""

    message: int
    channel: int
    guild: int | None


Metric = Literal["reactions", "reads", "votes", "saves"]
"""What is counted: emoji, finished reads, votes to continue, saved quotes."""

UNSAID: frozenset[Metric] = frozenset({"reads", "saves"})
"""What readers do without saying it: it is told of groups alone."""

Period = Literal["week", "month", "ever"]
Ranked = Literal["story", "quote"]

RANKINGS: tuple[tuple[Ranked, Metric], ...] = (
    ("story", "reactions"), ("story", "reads"), ("story", "votes"), ("story", "saves"),
    ("quote", "reactions"), ("quote", "saves"),
)  # fmt: skip
"""The leaderboards that exist."""
