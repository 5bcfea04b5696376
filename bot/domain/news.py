"""News of what readers follow."""

from dataclasses import dataclass

from bot.domain.questions import Question, Reply
from bot.stories.model import ChapterSummary, StorySummary

SHUT_SECONDS = 7 * 24 * 60 * 60
"""Seconds without direct messages for a reader whom one could not reach; a look at /following ends them early."""


@dataclass(frozen=True, slots=True)
class ReadersRequest:
    """Marks a chapter that was published after readers voted to continue."""

    voters: int
    """How many voted to continue."""
    by_reader: bool
    """Whether the reader who gets the news was one of them."""


@dataclass(frozen=True, slots=True)
class News:
    """The news of one story, and why somebody gets it."""

    story: StorySummary
    is_new: bool
    """Whether the story itself is new."""
    chapters: tuple[ChapterSummary, ...]
    """The new chapters."""
    follows_story: bool
    """Whether those who get it follow the story."""
    author: int | None
    """The id of the author whom they follow; None where they follow the story alone."""
    reply: Reply | None = None
    """The reply to the default question."""
    asked_for: ReadersRequest | None = None
    result: Question | None = None
    """The own question of which the first of the chapters came."""
