"""The vote of a story on whether it should continue: its rules, counts, outcome, and the author's answer."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from bot.stories.model import ChapterName

VoteChoice = Literal["continue", "leave"]
VOTE_CHOICES: tuple[VoteChoice, ...] = get_args(VoteChoice)


@dataclass(frozen=True, slots=True)
class Count:
    """How many readers made each choice."""

    go_on: int = 0
    leave: int = 0

    @property
    def all(self) -> int:
        return self.go_on + self.leave


@dataclass(frozen=True, slots=True)
class VoteCounts:
    """The counts of a vote: overall, and in the server from where a reader looks (None in a direct message)."""

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
"""The share of all votes that continuing needs; of "half" it needs more."""

QUORUMS = (0, 5, 10, 25, 50, 100)
"""The quorums to choose from: the fewest votes for an outcome; 0 for no quorum."""

LINE_CHARS = 300
"""Characters of the line that comes with an answer."""


@dataclass(frozen=True, slots=True)
class VoteRules:
    """The rules of a vote. They can be changed until somebody votes."""

    quorum: int = 0
    threshold: Threshold = "half"
    hidden: bool = False
    """Whether nobody sees the counts until the vote is closed."""


VoteRuleName = Literal["quorum", "threshold", "hidden"]

VoteOutcome = Literal["continues", "stays", "few", "tie"]


def outcome(count: Count, rules: VoteRules) -> VoteOutcome:
    """Return the outcome of a vote with these counts.

    - No votes, or fewer than the quorum, are too few.
    - The story continues where the share of *continue* reaches the threshold: more than half, or at least 60 %, two
      thirds, 75 %.
    - Exactly half is a tie where the threshold is half; the author decides.
    - Otherwise the story stays as it is. So one more vote to continue never makes the outcome worse.
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
    """The votes of those who finished the story, in steps (`bot.domain.anonymity`); its writers do not count."""
    silent: int
    """How many finished it and did not vote, in steps; 0 for too few to tell."""


@dataclass(frozen=True, slots=True)
class VoteAnswer:
    """The answer to a vote by its author or a manager. It overrides the outcome."""

    choice: VoteChoice
    line: str
    """May be empty."""
    by_author: bool
    """Otherwise it is by a manager of the shelf."""
    chapter: ChapterName | None = None
    """That of the chapter that was published after it."""


@dataclass(frozen=True, slots=True)
class VoteStatus:
    """A vote as readers may see it."""

    voters: int
    numbers: VoteNumbers | None
    """None while they are hidden, so that no screen can show them."""
    rules: VoteRules
    is_closed: bool
    answer: VoteAnswer | None

    @property
    def outcome(self) -> VoteOutcome | None:
        """The outcome of the votes so far; None while the counts are hidden."""
        return outcome(self.numbers.votes.overall, self.rules) if self.numbers is not None else None


DecisionRole = Literal["author", "keeper"]
"""Why somebody may decide: they wrote the story, or they manage the shelf that it is on."""
