"""News of what readers follow; values without Discord or SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.votes import VoteAnswer
from bot.stories.model import ChapterSummary, StorySummary

NoticeKind = Literal["story", "chapter", "answer"]
"""What is new: the story itself, a chapter of it, or the answer to its vote."""

SHUT_SECONDS = 7 * 24 * 60 * 60
"""Seconds for which a reader whom no direct message reached is sent none, unless they look at what they follow."""


@dataclass(frozen=True, slots=True)
class NewsJob:
    """All that is to be told now of one story to one reader, or to one server."""

    reader: int
    """0: a server is told."""
    guild: int
    """0: a reader is told."""
    story: int
    about: tuple[tuple[NoticeKind, int], ...]
    """What is new, and the chapter's id; 0 for the story as a whole."""
    tries: int
    """How often telling it has failed."""


@dataclass(frozen=True, slots=True)
class ReadersRequest:
    """That a new chapter is one that readers voted for."""

    voters: int
    """How many voted to continue."""
    by_reader: bool
    """Whether the reader who is told was one of them."""


@dataclass(frozen=True, slots=True)
class News:
    """What is said of one story, and why it is said."""

    story: StorySummary
    is_new: bool
    """Whether the story itself is."""
    chapters: tuple[ChapterSummary, ...]
    """The new chapters."""
    follows_story: bool
    """Whether those who are told follow the story."""
    author: int | None
    """The author whom they follow."""
    answer: VoteAnswer | None = None
    """What was decided about the vote."""
    asked_for: ReadersRequest | None = None
