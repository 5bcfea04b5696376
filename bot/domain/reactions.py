"""Reactions: emoji that readers give to a story, a page, a quote or a post, and their leaderboards."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji. The *key* of a custom emoji is its id, since its name may change."""

    key: str
    name: str | None = None
    """Name of a custom emoji; None for a Unicode emoji."""
    animated: bool = False
    usable: bool = False
    """Whether the bot can show this custom emoji; False for a Unicode emoji."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse an emoji in Discord's notation: a Unicode emoji, or ``<a:name:id>`` for a custom one.

        The variation selector that some clients add to a Unicode emoji is dropped; it changes only the style.
        """
        match = re.fullmatch(r"<(a?):(.*):([0-9]{1,20})>", text)
        return cls(match[3], match[2], bool(match[1])) if match else cls(text.replace("\ufe0f", ""))


@dataclass(frozen=True, slots=True)
class Reaction:
    """Number of readers who gave an emoji to a story."""

    emoji: Emoji
    readers: int


@dataclass(frozen=True, slots=True)
class Reacted:
    """Result of pressing a reaction button."""

    given: Collection[str]
    """Keys of all emoji that the reader has after the press, on the button's page or else on the whole story."""
    tally: Sequence[Reaction]
    """Number of readers for each emoji, on the whole story."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot about a story."""

    message: int
    channel: int
    guild: int | None


Metric = Literal["reactions", "reads", "votes", "saves"]
"""Leaderboard metrics: emoji, finished reads, votes to continue, saved quotes."""

PRIVATE_METRICS: frozenset[Metric] = frozenset({"reads", "saves"})
"""Metrics of private acts, published for groups only (`bot.domain.anonymity`)."""

Period = Literal["week", "month", "ever"]
Ranked = Literal["story", "quote"]

RANKINGS: tuple[tuple[Ranked, Metric], ...] = (
    ("story", "reactions"), ("story", "reads"), ("story", "votes"), ("story", "saves"),
    ("quote", "reactions"), ("quote", "saves"),
)  # fmt: skip
"""All leaderboards: what is ranked, and the metric of the ranking."""
