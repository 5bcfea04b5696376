"""Assign a role to each of the first lines of a text: the sequence of roles with the highest score.

A single line does not show its role. Each look (feature) of a line has a score for each role, and each role has a score
for the role of the next line. The scores are in ``first_lines.tsv``; ``tools/learn_readings.py`` learns them from the
part *learn* of ``tools/corpus``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple, get_args

Role = Literal["title", "author", "said", "told"]
"""Role of a line: title, author, *said* (other text of the author or a site) or *told* (text of the story)."""
ROLES: tuple[Role, ...] = get_args(Role)

LEAST_STORY = 20
"""Minimum number of words in a story; a shorter text may be a note."""
_SURE_LEAD = 6.0  # lead in score, of the best path in which the story has begun, at which the search ends


@dataclass(frozen=True)
class Points:
    """Scores for the roles of lines."""

    looks: Mapping[str, Sequence[float]]
    """Scores of each look, one for each of `ROLES`."""
    after: Mapping[tuple[str, str], float]
    """Score of two roles in consecutive lines, the upper line's first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Likeliest roles of the first lines."""

    roles: tuple[Role, ...]
    """Roles of the lines, up to and including the first line of the story."""
    certainty: float
    """Probability that the story begins with the last of these lines, from 0 to 1."""


@cache
def points_of_first_lines() -> Points:
    """Load the scores for the role of each line above a story from ``first_lines.tsv``."""
    looks: dict[str, Sequence[float]] = {}
    after: dict[tuple[str, str], float] = {}
    for row in Path(__file__).with_name("first_lines.tsv").read_text("utf-8").splitlines():
        look, *points = row.split("\t")
        above, is_below, role = look.partition(" → ")
        if is_below and above in ROLES:
            after[above, role] = float(points[0])
        else:
            looks[look] = tuple(map(float, points))
    return Points(looks, after)


class _Path(NamedTuple):
    """Sequence of roles with the highest score (*best*) of all that end in one `_State`."""

    best: float
    mass: float
    """Logarithm of the sum of exp(score) over all sequences of roles that end in this path's `_State`."""
    roles: tuple[Role, ...]


_State = tuple[str, bool, bool]
"""Role of the last line, whether a line is the title, and whether a line is the author."""


def best_reading(looks: Iterable[Sequence[str]], points: Points) -> Reading:
    """Return the likeliest roles of lines with *looks*: at most one title and one author, and then only story."""
    told_below = points.after.get(("told", "told"), 0.0)
    paths: dict[_State, _Path] = {("", False, False): _Path(0.0, 0.0, ())}
    begun: list[_Path] = []  # paths in which the story has begun
    for seen in looks:
        rows = [row for look in seen if (row := points.looks.get(look)) is not None]
        found = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(ROLES)
        told = found[-1]
        begun = [_Path(best + told + told_below, mass + told + told_below, roles) for best, mass, roles in begun]
        begun.append(_begin_story(paths, told, points))
        paths = _extend(paths, found, points)
        if not paths:
            break
        lead = max(path.best for path in begun) - max(path.best for path in paths.values())
        if lead > _SURE_LEAD:
            break
    if not begun:
        return Reading((), 0.0)
    likeliest = max(begun, key=_by_score)
    everything = _add_logarithms([path.mass for path in (*begun, *paths.values())])
    return Reading(likeliest.roles, math.exp(likeliest.mass - everything))


def _begin_story(paths: Mapping[_State, _Path], told: float, points: Points) -> _Path:
    """Merge *paths* into one whose next line begins the story; *told* is the score of this line as story."""
    found: list[_Path] = []
    for (last, _, _), path in paths.items():
        step = points.after.get((last, "told"), 0.0)
        found.append(_Path(path.best + step, path.mass + step, path.roles))
    best, mass, roles = _merge(found)
    return _Path(best + told, mass + told, (*roles, "told"))


def _extend(paths: Mapping[_State, _Path], found: Sequence[float], points: Points) -> dict[_State, _Path]:
    """Extend *paths* by a line above the story; *found* has its score for each role."""
    after: dict[_State, list[_Path]] = {}
    for (last, titled, authored), path in paths.items():
        for role, more in zip(ROLES[:-1], found, strict=False):
            if (role == "title" and titled) or (role == "author" and authored):
                continue
            step = more + points.after.get((last, role), 0.0)
            state = (role, titled or role == "title", authored or role == "author")
            after.setdefault(state, []).append(_Path(path.best + step, path.mass + step, (*path.roles, role)))
    return {state: each[0] if len(each) == 1 else _merge(each) for state, each in after.items()}


def _merge(paths: Sequence[_Path]) -> _Path:
    """Merge *paths* into one: the best sequence, with the sum of their weights."""
    best = max(paths, key=_by_score)
    return _Path(best.best, _add_logarithms([path.mass for path in paths]), best.roles)


_by_score = attrgetter("best")


def _add_logarithms(logarithms: Sequence[float]) -> float:
    """Return the logarithm of a sum whose terms are given as *logarithms*."""
    if len(logarithms) == 1:
        return logarithms[0]
    most = max(logarithms)
    return most + math.log(sum(math.exp(each - most) for each in logarithms))
