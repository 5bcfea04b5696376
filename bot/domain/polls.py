"""Polls on what comes next in a story."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import ReaderError
from bot.stories.model import StorySummary
from bot.stories.visible import visible_line

FEWEST_CHOICES, MOST_CHOICES = 2, 10
CHOICE_CHARS = 80
"""Characters of a choice: as many as the label of its button may have."""

QUESTION_CHARS = 200
CHOICES_CHARS = MOST_CHOICES * (CHOICE_CHARS + 3)
"""Characters of all choices as they are typed, with the separators."""

OPEN_SECONDS = 3 * 24 * 60 * 60
"""How long a poll is open by default."""


@dataclass(frozen=True, slots=True)
class NewPoll:
    """A poll that is about to be opened."""

    story: StorySummary
    guild: int
    channel: int
    opener: int
    question: str
    choices: tuple[str, ...]
    several: bool
    """Whether a reader may choose more than one."""
    anonymous: bool
    """Whether nobody at all may see who chose what; otherwise its opener may."""
    closes_at: int | None
    """Seconds since 1970; None for a poll that somebody closes by hand."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll without its votes."""

    id: int
    story: StorySummary
    guild: int
    channel: int
    message: int | None
    """None until it is posted."""
    opener: int
    """The id of the user who opened it; 0 once their data is deleted."""
    question: str
    several: bool
    anonymous: bool
    opened_at: int
    closes_at: int | None
    closed_at: int | None
    """None while it is open."""


@dataclass(frozen=True, slots=True)
class PollChoice:
    """One choice of a poll, and how many readers made it."""

    number: int
    """From 1."""
    text: str
    votes: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of a poll at one moment."""

    choices: tuple[PollChoice, ...]
    voters: int
    """Readers who voted; fewer than all votes where a reader may choose several."""

    @property
    def leading(self) -> tuple[PollChoice, ...]:
        """The choices with the most votes: one, several in a tie, or none where nobody voted."""
        most = max((choice.votes for choice in self.choices), default=0)
        return tuple(choice for choice in self.choices if most and choice.votes == most)

    def percent(self, choice: PollChoice) -> int:
        """Return the rounded percentage of voters who made a choice."""
        return round(100 * choice.votes / self.voters) if self.voters else 0


@dataclass(frozen=True, slots=True)
class Ballot:
    """One choice of one reader."""

    reader: int
    number: int
    cast_at: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class PollCloseJob:
    """A poll that one process closes, under a lease."""

    poll: int
    guild: int
    channel: int
    message: int | None
    tries: int
    """How many leases there were, this one included."""
    closed_at: int
    """In seconds since 1970."""


def read_question(typed: str) -> str:
    """Return a question in one line. Raises `ReaderError`."""
    question = _tidy(typed)
    if not question:
        raise ReaderError("no-question")
    if len(question) > QUESTION_CHARS:
        raise ReaderError("question-too-long", most=QUESTION_CHARS)
    return question


def read_choices(typed: str) -> tuple[str, ...]:
    """Return the choices typed, one a line, or in one line separated by ``|`` or else by semicolons.

    Raises `ReaderError` for too few, too many, too long or equal choices.
    """
    choices = tuple(filter(None, map(_tidy, parted(typed))))
    if len(choices) < FEWEST_CHOICES:
        raise ReaderError("too-few-choices", fewest=FEWEST_CHOICES, most=MOST_CHOICES)
    if len(choices) > MOST_CHOICES:
        raise ReaderError("too-many-choices", count=len(choices), most=MOST_CHOICES)
    for choice in choices:
        if len(choice) > CHOICE_CHARS:
            raise ReaderError("choice-too-long", choice=f"{choice[:40]}…", most=CHOICE_CHARS)
    if (twice := _twice(choices)) is not None:
        raise ReaderError("choice-twice", choice=twice)
    return choices


def parted(typed: str) -> list[str]:
    """Return what was typed for each choice, as `read_choices` separates it."""
    typed = typed.strip()
    return typed.split(next((mark for mark in ("\n", "|", ";") if mark in typed), "\n"))


def _tidy(text: str) -> str:
    """Return *text* in one line; empty where no character of it is visible."""
    return visible_line(" ".join(unicodedata.normalize("NFC", text).split())) or ""


def _twice(choices: Iterable[str]) -> str | None:
    """Return a choice that differs from an earlier one only in case or form."""
    met: set[str] = set()
    for choice in choices:
        key = unicodedata.normalize("NFKC", choice).casefold()
        if key in met:
            return choice
        met.add(key)
    return None
