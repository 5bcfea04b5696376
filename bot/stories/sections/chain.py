"""Choose what the first lines of a text are, all at once: a chain of roles with the most points.

No line tells by itself what it is. Each look of a line has points for each role, and so has each role for the one
below it; of all readings the one with the most points is taken. The points are in
``first_lines.tsv``; ``tools/learn_readings.py`` finds them from the posts of the tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.parts import has_words, words_of

Role = Literal["title", "author", "said", "told"]
"""What a line is: the title, the author, *said* by the author or a site, or *told* by the story."""
ROLES: tuple[Role, ...] = get_args(Role)

_LEAST_CERTAINTY = 0.7
_LEAST_OF_MUCH = 0.9  # where what is said outweighs the story
LEAST_STORY = 20
"""Words of a story at least, so that they can be told from what is said."""
_SURE = 6.0  # points by which the story leads, from which on no line below changes anything


@dataclass(frozen=True)
class Points:
    looks: Mapping[str, Sequence[float]]
    """The points of a look for each of the `ROLES`."""
    after: Mapping[tuple[str, str], float]
    """The points of a role below another."""


@dataclass(frozen=True, slots=True)
class Reading:
    roles: tuple[Role, ...]
    """The roles of the lines down to the first one that is told, and of it."""
    certainty: float
    """How likely it is that the story begins there, of one."""
    chances: tuple[float, ...] = ()
    """How likely it is that the story begins with each of the lines that were looked at."""


@cache
def points_of_first_lines() -> Points:
    """Return the points by which first lines are read: of each look, and of each role below another."""
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


def stands_out(reading: Reading, story: Sequence[Block], said: Sequence[Block]) -> bool:
    """Return whether a *reading* is likely enough; more is asked where what is *said* outweighs the *story*."""
    if reading.certainty < _LEAST_CERTAINTY or not has_words(LEAST_STORY, story):
        return False
    return reading.certainty >= _LEAST_OF_MUCH or has_words(words_of(said), story)


class _Path(NamedTuple):
    """The best of the readings that come to one state, and its points."""

    best: float
    mass: float
    """The points of all these readings together, as the logarithm of what they add up to."""
    roles: tuple[Role, ...]


_State = tuple[str, bool, bool]
"""The role of the last line, and whether there is a title and an author."""


def best_reading(looks: Iterable[Sequence[str]], points: Points) -> Reading:
    """Return the likeliest roles of lines with the *looks*: one title and author at most, below the story only it."""
    told_below = points.after.get(("told", "told"), 0.0)
    paths: dict[_State, _Path] = {("", False, False): _Path(0.0, 0.0, ())}
    begun: list[_Path] = []  # readings whose story has begun
    for seen in looks:
        rows = [row for look in seen if (row := points.looks.get(look)) is not None]
        found = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(ROLES)
        told = found[-1]
        begun = [_Path(best + told + told_below, mass + told + told_below, roles) for best, mass, roles in begun]
        begun.append(_begun(paths, told, points))
        paths = _on(paths, found, points)
        if not paths:
            break
        lead = max(path.best for path in begun) - max(path.best for path in paths.values())
        if lead > _SURE:
            break
    if not begun:
        return Reading((), 0.0)
    likeliest = max(begun, key=_best_of)
    everything = _sum([path.mass for path in (*begun, *paths.values())])
    chances = tuple(math.exp(path.mass - everything) for path in begun)
    return Reading(likeliest.roles, math.exp(likeliest.mass - everything), chances)


def _begun(paths: Mapping[_State, _Path], told: float, points: Points) -> _Path:
    """Return the readings of *paths* in which the story begins with the next line, for which it has *told* points."""
    found: list[_Path] = []
    for (last, _, _), path in paths.items():
        step = points.after.get((last, "told"), 0.0)
        found.append(_Path(path.best + step, path.mass + step, path.roles))
    best, mass, roles = _together(found)
    return _Path(best + told, mass + told, (*roles, "told"))


def _on(paths: Mapping[_State, _Path], found: Sequence[float], points: Points) -> dict[_State, _Path]:
    """Return the readings of *paths* with a next line that is not told; for each role of it *found* has the points."""
    after: dict[_State, list[_Path]] = {}
    for (last, titled, authored), path in paths.items():
        for role, more in zip(ROLES[:-1], found, strict=False):
            if (role == "title" and titled) or (role == "author" and authored):
                continue
            step = more + points.after.get((last, role), 0.0)
            state = (role, titled or role == "title", authored or role == "author")
            after.setdefault(state, []).append(_Path(path.best + step, path.mass + step, (*path.roles, role)))
    return {state: each[0] if len(each) == 1 else _together(each) for state, each in after.items()}


def _together(paths: Sequence[_Path]) -> _Path:
    """Return the best of *paths* for all of them."""
    best = max(paths, key=_best_of)
    return _Path(best.best, _sum([path.mass for path in paths]), best.roles)


_best_of = attrgetter("best")


def _sum(logarithms: Sequence[float]) -> float:
    """Return the logarithm of the sum of numbers that are given as logarithms."""
    if len(logarithms) == 1:
        return logarithms[0]
    most = max(logarithms)
    return most + math.log(sum(math.exp(each - most) for each in logarithms))
