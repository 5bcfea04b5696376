"""Questions at the end of a story's last chapter.

The default question, "should it continue?", exists for every story. It has two answers, worded in the reader's
language. An author may ask an *own question* instead, with answers in their own words, one at a time; meanwhile the
default question *rests* (takes no answers). Answers are numbered from 1.
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
"""Numbers of the default question's answers."""

QUESTION_CHARS, ANSWER_CHARS, REPLY_CHARS = 60, 24, 300
"""Maximum length of an own question, of each of its answers, and of a reply, in characters."""

FEWEST_ANSWERS, MOST_ANSWERS = 2, 5

ASKED_A_DAY = 3
"""Maximum number of own questions that one member may ask in a day."""

TOLD_FROM = 3
"""Minimum number of answers for a report of the result on the first page of the next chapter."""

Ends = Literal["chapter", "1", "3", "7"]
"""When an own question closes: with the next chapter, or after this number of days."""

ENDS: tuple[Ends, ...] = get_args(Ends)

Threshold = Literal["half", "60", "two-thirds", "75"]
THRESHOLDS: tuple[Threshold, ...] = get_args(Threshold)
SHARES: dict[Threshold, Fraction] = {
    "half": Fraction(1, 2),
    "60": Fraction(60, 100),
    "two-thirds": Fraction(2, 3),
    "75": Fraction(75, 100),
}
"""Minimum share of *continue* among all answers for the story to continue; for "half", the share must be higher."""

QUORUMS = (0, 5, 10, 25, 50, 100)
"""Selectable quorums: the minimum number of answers for an outcome; 0 for no quorum."""

Choice = Literal["continue", "leave"]
"""The reply to the default question: the story continues, or stays as it is."""

CHOICES: tuple[Choice, ...] = get_args(Choice)

Role = Literal["author", "keeper"]
"""Why a user may manage a question: they wrote the story, or manage its shelf."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of a question, which may change until the first answer."""

    quorum: int = 0
    threshold: Threshold = "half"
    hidden: bool = False
    """Whether the counts are hidden until the question closes."""


RuleName = Literal["quorum", "threshold", "hidden"]


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """The fields of a new or changed own question."""

    story: int
    asker: int
    guild: int
    """Server where the author asks the question; 0 in a direct message."""
    text: str
    answers: tuple[str, ...]
    ends: Ends
    hidden: bool
    post_in: int = 0
    """Channel in which the bot posts the question; 0 for none."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to the readers' answers, by the author or a manager of the shelf."""

    line: str
    """Words of the reply; may be empty if *choice* is set."""
    by_author: bool
    choice: Choice | None = None
    """Reply to the default question, which overrides the outcome of the votes; None for an own question."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Number of readers who gave each answer, in the order of the answers."""

    overall: tuple[int, ...]
    here: tuple[int, ...] | None
    """Counts in the viewer's server; None in a direct message."""

    @property
    def all(self) -> int:
        return sum(self.overall)

    @property
    def leading(self) -> tuple[int, ...]:
        """Numbers of the answers with the most votes: several after a tie, none without votes."""
        most = max(self.overall, default=0)
        return tuple(number for number, count in enumerate(self.overall, start=1) if most and count == most)


@dataclass(frozen=True, slots=True)
class Finishers:
    """Answers to the default question by readers who finished the story, rounded (`bot.domain.anonymity`)."""

    go_on: int = 0
    leave: int = 0
    silent: int = 0
    """Number of readers who finished the story without an answer; 0 if too few."""

    @property
    def all(self) -> int:
        return self.go_on + self.leave


@dataclass(frozen=True, slots=True)
class Question:
    """A question as readers may see it."""

    id: int
    story: int
    text: str | None
    """Words of an own question; None for the default question."""
    answers: tuple[str, ...]
    """Words of the answers; empty for the default question."""
    asker: int
    """Id of the user who asked; 0 for the default question and after a deletion of the user's data."""
    asked_at: int
    """Seconds since 1970, like the other times of this class."""
    closes_at: int | None
    """Time at which the question closes by itself; None if it closes only with the next chapter or by hand."""
    closed_at: int | None
    """Time at which the question closed; None while it is open."""
    after: int
    """Number of chapters that the story had when the question was asked; 0 for the default question."""
    waits: bool
    """Whether the question waits for approval by the mods of its shelf; readers do not see it yet."""
    rests: bool
    """Whether this is the default question and an own question is open."""
    post_in: int
    """Channel in which the asker wants the question posted; 0 for none."""
    rules: Rules
    voters: int
    """Number of readers who answered, known even while the counts are hidden."""
    counts: Counts | None
    """Counts of the answers; None while they are hidden, so that no screen can show them."""
    finishers: Finishers
    reply: Reply | None
    chapter: ChapterName | None
    """The first chapter published after the question closed, which reports the result; None while there is none."""

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
        """Return whether *role* may write or delete the reply; only authors may change an author's reply."""
        return role == "author" or self.reply is None or not self.reply.by_author

    @property
    def is_told(self) -> bool:
        """Whether there are enough answers for the next chapter to report the result."""
        return self.counts is not None and self.counts.all >= TOLD_FROM

    @property
    def outcome(self) -> Outcome | None:
        """Outcome of the default question so far; None while the counts are hidden."""
        return outcome(self.counts.overall, self.rules) if self.counts is not None else None


@dataclass(frozen=True, slots=True)
class PostedQuestion:
    """A message that shows a question in a channel."""

    question: int
    guild: int
    channel: int
    message: int
    tries: int = 0
    """Number of attempts to update the message so far."""


Outcome = Literal["continues", "stays", "few", "tie"]


def outcome(counts: Sequence[int], rules: Rules) -> Outcome:
    """Return the outcome of the default question from the *counts* of its answers.

    - No answers, or fewer than the quorum: *few*.
    - The story continues if the share of *continue* reaches the threshold: more than half, or at least 60 %, two thirds
      or 75 %.
    - Exactly half is a tie if the threshold is half; the author decides.
    - Otherwise the story stays as it is. So one more vote to continue never makes the outcome worse.
    """
    go_on, answers = counts[CONTINUE - 1], sum(counts)
    if not answers or answers < rules.quorum:
        return "few"
    share, needed = Fraction(go_on, answers), SHARES[rules.threshold]
    if rules.threshold == "half" and share == needed:
        return "tie"
    return "continues" if share >= needed else "stays"


def read_question(typed: str) -> str:
    """Return the typed question in one line. Raises `ReaderError` if it is empty or too long."""
    question = _tidy(typed)
    if not question:
        raise ReaderError("no-question")
    if len(question) > QUESTION_CHARS:
        raise ReaderError("question-too-long", most=QUESTION_CHARS)
    return question


def read_answers(typed: str) -> tuple[str, ...]:
    """Return the typed answers, one per line. Raises `ReaderError` for too few, too many, too long or equal answers."""
    answers = tuple(filter(None, map(_tidy, typed.split("\n"))))
    if not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        raise ReaderError("question-answers-number", fewest=FEWEST_ANSWERS, most=MOST_ANSWERS, count=len(answers))
    for answer in answers:
        if len(answer) > ANSWER_CHARS:
            raise ReaderError("question-answer-long", answer=f"{answer[:ANSWER_CHARS]}…", most=ANSWER_CHARS)
    if (duplicate := _find_duplicate(answers)) is not None:
        raise ReaderError("question-answer-twice", answer=duplicate)
    return answers


def _tidy(text: str) -> str:
    """Return *text* in one line; empty if it has no visible character."""
    return visible_line(" ".join(unicodedata.normalize("NFC", text).split())) or ""


def _find_duplicate(answers: Iterable[str]) -> str | None:
    """Return the first answer that equals an earlier one, ignoring case and Unicode form; None if there is none."""
    met: set[str] = set()
    for answer in answers:
        key = unicodedata.normalize("NFKC", answer).casefold()
        if key in met:
            return answer
        met.add(key)
    return None
