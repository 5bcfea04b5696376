"""Find the likeliest places of lines or tokens in a row, by the scores of their looks.

Each look has a score for each place, and so has each pair of places one after the other. ``tools/learn_readings.py``
learns the scores: a linear-chain conditional random field. The places with the highest sum win (Viterbi).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Protocol

_UNTITLED = 0.5  # by how much an author without a title counts less
_SURE_LEAD = 8.0  # lead in score, of the best way in which the story has begun, at which the search ends


@dataclass(frozen=True, slots=True)
class Weights:
    """Scores of looks for each of several places."""

    places: Sequence[str]
    looks: Mapping[str, Sequence[float]]
    """Scores of each look, one for each of the places."""
    steps: Mapping[tuple[str, str], float]
    """Score of two places one after the other."""

    def of(self, looks: Iterable[str]) -> dict[str, float]:
        """Return the sum of the scores of *looks* for each place."""
        rows = list(filter(None, map(self.looks.get, looks)))
        sums = map(sum, zip(*rows, strict=True)) if rows else (0.0 for _ in self.places)
        return dict(zip(self.places, sums, strict=True))

    def step(self, first: str, second: str) -> float:
        return self.steps.get((first, second), 0.0)

    def as_table(self) -> str:
        """Return the scores as text: a row with the places, one for each look, and one for each step."""
        rows = [(look, [round(each, 2) for each in row]) for look, row in sorted(self.looks.items())]
        found = ["\t".join(("", *self.places))]
        found += ["\t".join((look, *(f"{each:g}" for each in row))) for look, row in rows if any(row)]
        found += [f"{first}{_STEP}{second}\t{score:.2f}" for (first, second), score in sorted(self.steps.items())]
        return "\n".join(found) + "\n"


_STEP = " → "


@cache
def weights_in(name: str) -> Weights:
    """Load the scores from the file *name* beside this module, as `Weights.as_table` writes it."""
    head, *rows = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    places = head.split("\t")[1:]
    looks: dict[str, Sequence[float]] = {}
    steps: dict[tuple[str, str], float] = {}
    for row in rows:
        look, *scores = row.split("\t")
        first, is_step, second = look.partition(_STEP)
        if is_step:
            steps[first, second] = float(scores[0])
        else:
            looks[look] = tuple(map(float, scores))
    return Weights(places, looks, steps)


def likeliest(looks: Sequence[Iterable[str]], weights: Weights, sought: str) -> list[str]:
    """Return the places with the highest sum of scores (Viterbi), one for each of *looks*; one is *sought* at least."""
    ways = {("", False): _Way(0.0, ())}
    for each in looks:
        scores = weights.of(each)
        found: dict[tuple[str, bool], _Way] = {}
        for place in weights.places:
            for (last, is_found), way in ways.items():
                total = way.score + weights.step(last, place) + scores[place]
                key = (place, is_found or place == sought)
                if key not in found or total > found[key].score:
                    found[key] = _Way(total, (*way.places, place))
        ways = found
    lawful = (way for (_, is_found), way in ways.items() if is_found)
    return list(max(lawful, key=_by_score, default=_Way(0.0, ())).places)


class _Way(NamedTuple):
    """The best of all ways to give places to the lines so far, down to a last place."""

    score: float
    places: tuple[str, ...]


class Laws(Protocol):
    """What binds the chain, whatever the scores are. Lines have numbers, the outermost line 0."""

    def may_be(self, i: int, place: str, lead: float) -> bool:
        """Return whether line *i* may have *place*, whose own score exceeds that of the story by *lead*."""
        ...

    def may_begin(self, i: int) -> bool:
        """Return whether line *i* may be the outermost line of the story."""
        ...

    def may_touch(self, i: int, place: str, lead: float) -> bool:
        """Return whether line *i*, which is outside and has *place*, may touch the story.

        The score of the line as one outside exceeds that as the story's by *lead*.
        """
        ...


def outside(
    scores: Iterable[Mapping[str, float]],
    places: Sequence[str],
    step: Callable[[str, str], float],
    laws: Laws,
) -> tuple[str, ...]:
    """Return the places of the lines outside the story, the outermost line first; the next line is the story's, if any.

    *scores* has the scores of each line, the outermost first; *places* are those that a line outside may have. At most
    one line is the title, and one the author. *step* gives the score of two consecutive places, the outer one first.
    The *laws* bind all of this; they can only leave more to the story, never take more from it.
    """
    ways: dict[tuple[str | None, frozenset[str]], _Way] = {(None, frozenset[str]()): _Way(0.0, ())}
    begun: list[tuple[str, ...]] = []  # the places of the lines above each line with which the story may begin
    leads: list[float] = []  # the score of each of these
    outer: list[float] = []  # by how much the score of each line as one outside exceeds that as the story's
    for i, score in enumerate(scores):
        outer.append(max(score["above"], score["below"]) - score["story"])
        told = score["story"] + step("story", "story")
        leads = [lead + told for lead in leads]
        if laws.may_begin(i):
            begun += [way.places for way in ways.values()]
            leads += [
                way.score + score["story"] + _joint(last, named, places, step) for (last, named), way in ways.items()
            ]
        ways = _extended(
            ways, score, [place for place in places if laws.may_be(i, place, score[place] - score["story"])], step
        )
        if not ways or (leads and max(leads) - max(map(_by_score, ways.values())) > _SURE_LEAD):
            break
    if not begun:
        return max(ways.values(), key=_by_score).places if ways else ()
    likeliest, *others = sorted(map(_Way, leads, begun), key=_by_score, reverse=True)
    above = (way.places for way in (likeliest, *others) if len(way.places) <= len(likeliest.places))
    lawful = (places for places in above if not places or laws.may_touch(at := len(places) - 1, places[-1], outer[at]))
    return next(lawful, likeliest.places)


_by_score = attrgetter("score")
_ALONE = frozenset(("author",))
_ONCE: frozenset[str] = frozenset(("title", "author"))


def _joint(last: str | None, named: frozenset[str], places: Sequence[str], step: Callable[[str, str], float]) -> float:
    """Return the score of a story that begins below a line with the place *last*; an author alone counts less."""
    is_untitled = named == _ALONE and "title" in places
    return (0.0 if last is None else step(last, "story")) - (_UNTITLED if is_untitled else 0.0)


def _extended(
    ways: Mapping[tuple[str | None, frozenset[str]], _Way],
    score: Mapping[str, float],
    places: Sequence[str],
    step: Callable[[str, str], float],
) -> dict[tuple[str | None, frozenset[str]], _Way]:
    """Return the best ways that end in one more line outside the story, whose scores are *score*."""
    found: dict[tuple[str | None, frozenset[str]], _Way] = {}
    for (last, named), way in ways.items():
        for place in places:
            if place in named:
                continue
            total = way.score + score[place] + (step(last, place) if last is not None else 0.0)
            key = (place, named | {place} if place in _ONCE else named)
            if key not in found or total > found[key].score:
                found[key] = _Way(total, (*way.places, place))
    return found
