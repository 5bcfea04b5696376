"""Polls on what comes next in a story: values and the rules about them; no Discord, no SQL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import ReaderError
from bot.stories.model import StorySummary

FEWEST_CHOICES, MOST_CHOICES = 2, 10
CHOICE_CHARS = 80
"""Characters of a choice: as many as the button has that stands for it."""

QUESTION_CHARS = 200
CHOICES_CHARS = MOST_CHOICES * (CHOICE_CHARS + 3)
"""Characters that all choices take as they are typed, with what parts them."""

OPEN_SECONDS = 3 * 24 * 60 * 60
"""How long a poll is open where nothing is said of it."""


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
    """Whether nobody at all is shown who chose what; else who opened it is."""
    closes_at: int | None
    """Seconds since 1970; None: when somebody closes it."""


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
    """0 where it is forgotten."""
    question: str
    several: bool
    anonymous: bool
    opened_at: int
    closes_at: int | None
    closed_at: int | None
    """None: it is open."""


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
    """Readers who chose anything; fewer than votes where each may choose several."""

    @property
    def leading(self) -> tuple[PollChoice, ...]:
        """The choices with the most votes: one, or several that are tied; none where nobody voted."""
        most = max((choice.votes for choice in self.choices), default=0)
        return tuple(choice for choice in self.choices if most and choice.votes == most)

    def percent(self, choice: PollChoice) -> int:
        """How many in a hundred of those who voted made a choice, rounded."""
        return round(100 * choice.votes / self.voters) if self.voters else 0


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one reader chose."""

    reader: int
    number: int
    cast_at: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class PollCloseJob:
    """A poll whose closing is to be seen to, lent for a while to the one process that asked for it."""

    poll: int
    guild: int
    channel: int
    message: int | None
    tries: int
    """How often it was lent, this time included."""


def read_question(typed: str) -> str:
    """A question as it is asked. Raises `ReaderError`."""
    question = _tidy(typed)
    if not question:
        raise ReaderError("no-question")
    if len(question) > QUESTION_CHARS:
        raise ReaderError("question-too-long", most=QUESTION_CHARS)
    return question


def read_choices(typed: str) -> tuple[str, ...]:
    """Choices, one a line; typed in one line they are parted by ``|``, or else by semicolons.

    Raises `ReaderError`.
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
    """What is typed for choices, each by itself."""
    typed = typed.strip()
    return typed.split(next((mark for mark in ("\n", "|", ";") if mark in typed), "\n"))


_STEERING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of the text around them, which is the bot's."""


def _tidy(text: str) -> str:
    """*text* in one line; empty where nothing of it is seen."""
    text = " ".join(_STEERING.sub("", unicodedata.normalize("NFC", text)).split())
    return text if any(unicodedata.category(character)[0] not in "CZM" for character in text) else ""


def _twice(choices: Iterable[str]) -> str | None:
    """A choice that another one only differs from in case."""
    met: set[str] = set()
    for choice in choices:
        key = unicodedata.normalize("NFKC", choice).casefold()
        if key in met:
            return choice
        met.add(key)
    return None
