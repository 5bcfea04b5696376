"""The standing vote of a story: its numbers, its rules, its outcome, and the author's answer. No Discord, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

VoteChoice = Literal["continue", "leave"]


VOTE_CHOICES: tuple[VoteChoice, ...] = get_args(VoteChoice)


@dataclass(frozen=True, slots=True)
class Count:
    """How many readers chose each."""

    go_on: int = 0
    leave: int = 0

    @property
    def all(self) -> int:
        return self.go_on + self.leave


@dataclass(frozen=True, slots=True)
class VoteCounts:
    """The standing vote of a story: everywhere, and in the server that asks (None in a direct message)."""

    overall: Count
    here: Count | None


Threshold = Literal["half", "60", "two-thirds", "75"]
THRESHOLDS: tuple[Threshold, ...] = get_args(Threshold)
SHARES: dict[Threshold, Fraction] = {
    "half": Fraction(1, 2),
    "60": Fraction(60, 100),
    "two-thirds": Fraction(2, 3),
    "75": Fraction(75, 100),
}
"""The share of all votes that it takes to go on; of "half" it takes more."""

QUORUMS = (0, 5, 10, 25, 50, 100)
"""Votes that there must be at least; 0: however few."""

LINE_CHARS = 300
"""Characters of what is said with an answer."""


@dataclass(frozen=True, slots=True)
class VoteRules:
    """What a vote is held by. They are set before the first vote and stand from then on."""

    quorum: int = 0
    threshold: Threshold = "half"
    hidden: bool = False
    """Whether nobody sees the counts until the vote is closed."""


VoteRuleName = Literal["quorum", "threshold", "hidden"]

VoteOutcome = Literal["continues", "stays", "few", "tie"]


def outcome(count: Count, rules: VoteRules) -> VoteOutcome:
    """What *count*, all votes of a story, comes to.

    - Fewer votes than the quorum, or none at all, are too few.
    - It continues where the share of those who want that reaches the threshold: more than half, or at least 60 %, two
      thirds, 75 %.
    - Where more than half are asked for, exactly half is a tie, for the author to decide.
    - All else stays as it is. So whoever asks for two thirds has said that a bare majority, or half, does not do, and
      one more vote to continue never brings less.
    """
    if not count.all or count.all < rules.quorum:
        return "few"
    share, needed = Fraction(count.go_on, count.all), SHARES[rules.threshold]
    if rules.threshold == "half" and share == needed:
        return "tie"
    return "continues" if share >= needed else "stays"


@dataclass(frozen=True, slots=True)
class VoteNumbers:
    """How readers voted."""

    votes: VoteCounts
    finished: Count
    """The votes of those who finished the story; its writers do not count among them."""
    silent: int
    """How many finished it and did not vote."""


@dataclass(frozen=True, slots=True)
class VoteAnswer:
    """What became of a vote, in the words of who decided it. It has the last word, whatever the outcome was."""

    choice: VoteChoice
    line: str
    """May be empty."""
    by_author: bool
    """Otherwise by those who keep the shelf."""
    chapter: int | None = None
    """The number of the chapter that came of it."""


@dataclass(frozen=True, slots=True)
class VoteStatus:
    """A vote as it may be shown."""

    voters: int
    numbers: VoteNumbers | None
    """None while they are hidden: so nothing that draws a vote can give them away."""
    rules: VoteRules
    is_closed: bool
    answer: VoteAnswer | None

    @property
    def outcome(self) -> VoteOutcome | None:
        """What it comes to as it stands; None while its counts are hidden."""
        return outcome(self.numbers.votes.overall, self.rules) if self.numbers is not None else None


DecisionRole = Literal["author", "keeper"]
"""As what somebody decides: they wrote the story, or they keep the shelf that it is on."""
