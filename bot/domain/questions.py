"""A story's question, asked at the end of its last chapter: should it continue, unless its author asks their own.

Its answers are numbered from 1. The default has two, in the language of who reads it; an own question has the words of
who asked. One own question is open at a time; the default rests meanwhile.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from bot.errors import ReaderError
from bot.stories.model import ChapterName
from bot.stories.visible import visible_line

DAY_SECONDS = 24 * 60 * 60

CONTINUE, LEAVE = 1, 2
"""The answers to the default."""

QUESTION_CHARS, ANSWER_CHARS, REPLY_CHARS = 60, 24, 300
"""Characters of an own question, of each of its answers, and of a reply."""

FEWEST_ANSWERS, MOST_ANSWERS = 2, 5

ASKED_A_DAY = 3
"""Own questions that one member asks in a day."""

TOLD_FROM = 3
"""The fewest answers of which the first page of the next chapter says what came of them."""

Ends = Literal["chapter", "1", "3", "7"]
"""When an own question closes: with the next chapter, or after so many days."""

ENDS: tuple[Ends, ...] = get_args(Ends)

Threshold = Literal["half", "60", "two-thirds", "75"]
THRESHOLDS: tuple[Threshold, ...] = get_args(Threshold)
SHARES: dict[Threshold, Fraction] = {
    "half": Fraction(1, 2),
    "60": Fraction(60, 100),
    "two-thirds": Fraction(2, 3),
    "75": Fraction(75, 100),
}
"""The share of all answers that continuing needs; of "half" it needs more."""

QUORUMS = (0, 5, 10, 25, 50, 100)
"""The quorums to choose from: the fewest answers for an outcome; 0 for no quorum."""

Choice = Literal["continue", "leave"]
"""What a reply to the default says: the story continues, or stays as it is."""

CHOICES: tuple[Choice, ...] = get_args(Choice)

Role = Literal["author", "keeper"]
"""Why somebody may manage a question: they wrote the story, or keep the shelf that it is on."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a question is asked. They can be changed until somebody answers."""

    quorum: int = 0
    threshold: Threshold = "half"
    hidden: bool = False
    """Whether nobody sees the counts until it is closed."""


RuleName = Literal["quorum", "threshold", "hidden"]


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """An own question as it is asked, or as it is changed."""

    story: int
    asker: int
    guild: int
    """Where it is asked; 0 in a direct message."""
    text: str
    answers: tuple[str, ...]
    ends: Ends
    hidden: bool
    post_in: int = 0
    """The channel to post it in; 0 for none."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the author, or who keeps the shelf, said to what readers answered."""

    line: str
    """May be empty where there is a choice."""
    by_author: bool
    choice: Choice | None = None
    """Of the default: it overrides the outcome. None for an own question."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many readers gave each answer, in the order of the answers."""

    overall: tuple[int, ...]
    here: tuple[int, ...] | None
    """In the server from where a reader looks; None in a direct message."""

    @property
    def all(self) -> int:
        return sum(self.overall)

    @property
    def leading(self) -> tuple[int, ...]:
        """The answers that most gave, by number: one, several in a tie, or none where nobody answered."""
        most = max(self.overall, default=0)
        return tuple(number for number, count in enumerate(self.overall, start=1) if most and count == most)


@dataclass(frozen=True, slots=True)
class Finishers:
    """The answers to the default of those who finished the story, in steps (`bot.domain.anonymity`)."""

    go_on: int = 0
    leave: int = 0
    silent: int = 0
    """How many finished it and did not answer, in steps; 0 for too few to tell."""

    @property
    def all(self) -> int:
        return self.go_on + self.leave


@dataclass(frozen=True, slots=True)
class Question:
    """A question as readers may see it."""

    id: int
    story: int
    text: str | None
    """None: it is the default."""
    answers: tuple[str, ...]
    """The words of its answers; none for the default."""
    asker: int
    """0 for the default, and for one who had their data deleted."""
    asked_at: int
    """In seconds since 1970, as all times here."""
    closes_at: int | None
    """None: with the next chapter, or by hand."""
    closed_at: int | None
    """None while it is open."""
    after: int
    """How many chapters the story had when it was asked; 0 for the default."""
    waits: bool
    """Whether it waits for the mods of its shelf, and nobody is asked yet."""
    rests: bool
    """Whether it is the default, and an own one is open meanwhile."""
    post_in: int
    """The channel that its asker picked to post it in; 0 for none."""
    rules: Rules
    voters: int
    counts: Counts | None
    """None while they are hidden, so that no screen can show them."""
    finishers: Finishers
    reply: Reply | None
    chapter: ChapterName | None
    """The chapter that came of it."""

    @property
    def is_default(self) -> bool:
        return self.text is None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.waits

    @property
    def takes_answers(self) -> bool:
        return self.is_open and not self.rests

    def takes_reply_of(self, role: Role) -> bool:
        """Whether one in a *role* may reply, or take the reply away: that of the author is the author's alone."""
        return role == "author" or self.reply is None or not self.reply.by_author

    @property
    def is_told(self) -> bool:
        """Whether enough answered for the next chapter to say what came of it."""
        return self.counts is not None and self.counts.all >= TOLD_FROM

    @property
    def outcome(self) -> Outcome | None:
        """What the answers to the default come to so far; None while the counts are hidden."""
        return outcome(self.counts.overall, self.rules) if self.counts is not None else None


@dataclass(frozen=True, slots=True)
class PostedQuestion:
    """A message in a channel that shows a question."""

    question: int
    guild: int
    channel: int
    message: int
    tries: int = 0
    """How often a process has begun to draw it again."""


Outcome = Literal["continues", "stays", "few", "tie"]


def outcome(counts: Sequence[int], rules: Rules) -> Outcome:
    """Return what these answers to the default come to.

    - No answers, or fewer than the quorum, are too few.
    - The story continues where the share of *continue* reaches the threshold: more than half, or at least 60 %, two
      thirds, 75 %.
    - Exactly half is a tie where the threshold is half; the author decides.
    - Otherwise the story stays as it is. So one more answer to continue never makes the outcome worse.
    """
    go_on, answers = counts[CONTINUE - 1], sum(counts)
    if not answers or answers < rules.quorum:
        return "few"
    share, needed = Fraction(go_on, answers), SHARES[rules.threshold]
    if rules.threshold == "half" and share == needed:
        return "tie"
    return "continues" if share >= needed else "stays"


def read_question(typed: str) -> str:
    """Return a question in one line. Raises `ReaderError`."""
    question = _tidy(typed)
    if not question:
        raise ReaderError("no-question")
    if len(question) > QUESTION_CHARS:
        raise ReaderError("question-too-long", most=QUESTION_CHARS)
    return question


def read_answers(typed: str) -> tuple[str, ...]:
    """Return the answers typed, one a line. Raises `ReaderError` for too few, too many, too long or equal ones."""
    answers = tuple(filter(None, map(_tidy, typed.split("\n"))))
    if not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        raise ReaderError("question-answers-number", fewest=FEWEST_ANSWERS, most=MOST_ANSWERS, count=len(answers))
    for answer in answers:
        if len(answer) > ANSWER_CHARS:
            raise ReaderError("question-answer-long", answer=f"{answer[:ANSWER_CHARS]}…", most=ANSWER_CHARS)
    if (twice := _twice(answers)) is not None:
        raise ReaderError("question-answer-twice", answer=twice)
    return answers


def _tidy(text: str) -> str:
    """Return *text* in one line; empty where no character of it is visible."""
    return visible_line(" ".join(unicodedata.normalize("NFC", text).split())) or ""


def _twice(answers: Iterable[str]) -> str | None:
    """Return an answer that differs from an earlier one only in case or form."""
    met: set[str] = set()
    for answer in answers:
        key = unicodedata.normalize("NFKC", answer).casefold()
        if key in met:
            return answer
        met.add(key)
    return None
