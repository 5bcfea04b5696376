"""Find the likeliest roles of the lines outside a story, from the outermost line inwards.

Each look of a line has a score for each role, and so has each pair of roles of neighbouring lines. ``roles.tsv`` has
the scores, which ``tools/learn_readings.py`` learns (a linear-chain conditional random field). The roles with the highest
sum win (Viterbi). Once the story has begun, all further lines are the story's, so only the lines outside are searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Place = Literal["title", "author", "above", "story", "below"]
"""What the chain says of a line: the title, the author's name, other text above or below the story, or the story."""
PLACES: tuple[Place, ...] = get_args(Place)

Scores = Mapping[Place, float]

_SURE_LEAD = 8.0  # lead in score, of the best way in which the story has begun, at which the search ends


@dataclass(frozen=True, slots=True)
class Weights:
    """Scores for the roles of lines."""

    looks: Mapping[str, Sequence[float]]
    """Scores of each look, one for each of `PLACES`."""
    steps: Mapping[tuple[Place, Place], float]
    """Score of two places of consecutive lines, the upper line's first."""

    def of(self, looks: Iterable[str]) -> dict[Place, float]:
        """Return the sum of the scores of *looks* for each place."""
        rows = [row for look in looks if (row := self.looks.get(look)) is not None]
        return dict(zip(PLACES, map(sum, zip(*rows, strict=True)), strict=True)) if rows else dict.fromkeys(PLACES, 0.0)


@cache
def weights() -> Weights:
    """Load the scores from ``roles.tsv``."""
    looks: dict[str, Sequence[float]] = {}
    steps: dict[tuple[Place, Place], float] = {}
    for row in Path(__file__).with_name("roles.tsv").read_text("utf-8").splitlines():
        look, *scores = row.split("\t")
        above, is_step, below = look.partition(" → ")
        if is_step and above in PLACES and below in PLACES:
            steps[above, below] = float(scores[0])
        else:
            looks[look] = tuple(map(float, scores))
    return Weights(looks, steps)


@dataclass(frozen=True, slots=True)
class _Way:
    """The best of all ways to give places to the lines so far, down to a last place."""

    score: float
    places: tuple[Place, ...]


def outside(
    scores: Iterable[Scores],
    places: Sequence[Place],
    step: Callable[[Place, Place], float],
    may_touch: Callable[[int, Place], bool],
) -> tuple[Place, ...]:
    """Return the places of the lines outside the story, the outermost line first; the next line is the story's.

    *scores* has the scores of each line, the outermost first; *places* are those that a line outside may have. At most
    one line is the title, and one the author. *step* gives the score of two consecutive places, the outer one first.
    The story begins only where *may_touch* is true for the number and the place of the last line outside.
    """
    named = frozenset[Place]()
    ways: dict[tuple[Place | None, frozenset[Place]], _Way] = {(None, named): _Way(0.0, ())}
    begun: _Way | None = None
    for i, score in enumerate(scores):
        told = score["story"]
        begun = None if begun is None else _Way(begun.score + told + step("story", "story"), begun.places)
        for (last, _), way in ways.items():
            if last is None or may_touch(i - 1, last):
                here = way.score + told + (step(last, "story") if last is not None else 0.0)
                begun = _Way(here, way.places) if begun is None or here > begun.score else begun
        ways = _extended(ways, score, places, step)
        if begun is not None and begun.score - max(way.score for way in ways.values()) > _SURE_LEAD:
            break
    return begun.places if begun is not None else ()


_ONCE: frozenset[Place] = frozenset(("title", "author"))


def _extended(
    ways: Mapping[tuple[Place | None, frozenset[Place]], _Way],
    score: Scores,
    places: Sequence[Place],
    step: Callable[[Place, Place], float],
) -> dict[tuple[Place | None, frozenset[Place]], _Way]:
    """Return the best ways that end in one more line outside the story, whose scores are *score*."""
    found: dict[tuple[Place | None, frozenset[Place]], _Way] = {}
    for (last, named), way in ways.items():
        for place in places:
            if place in named:
                continue
            total = way.score + score[place] + (step(last, place) if last is not None else 0.0)
            key = (place, named | {place} if place in _ONCE else named)
            if key not in found or total > found[key].score:
                found[key] = _Way(total, (*way.places, place))
    return found
