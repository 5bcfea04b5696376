"""Choose what the first and the last lines of a text are, all at once: a chain of roles with the most points.

No line tells by itself what it is. Each look of a line has points for each role, and so has each role for the one
below it; of all readings the one with the most points is taken. The points are in ``first_lines.tsv`` and
``last_lines.tsv``; ``tools/learn_readings.py`` finds them from the posts of the tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Role = Literal["title", "author", "said", "told"]
"""What a line is: the title, the author, *said* by the author or a site, or *told* by the story."""
ROLES: tuple[Role, ...] = get_args(Role)

_SURE = 14.0  # points by which the story leads, from which on no line below changes anything


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


@cache
def points_of(name: Literal["first_lines", "last_lines"]) -> Points:
    """Return the points by which an end of a text is read: of each look, and of each role below another."""
    looks: dict[str, Sequence[float]] = {}
    after: dict[tuple[str, str], float] = {}
    for row in Path(__file__).with_name(f"{name}.tsv").read_text("utf-8").splitlines():
        look, *points = row.split("\t")
        above, is_below, role = look.partition(" → ")
        if is_below and above in ROLES:
            after[above, role] = float(points[0])
        else:
            looks[look] = tuple(map(float, points))
    return Points(looks, after)


def best_reading(looks: Iterable[Sequence[str]], points: Points) -> Reading:
    """Return the likeliest roles of lines with the *looks*: one title and author at most, below the story only story."""
    told_below = points.after.get(("told", "told"), 0.0)
    paths: dict[tuple[str, bool, bool], tuple[float, tuple[Role, ...]]] = {("", False, False): (0.0, ())}
    begun: list[tuple[float, float, tuple[Role, ...]]] = []  # readings whose story has begun: best, all, roles
    masses: dict[tuple[str, bool, bool], float] = {("", False, False): 0.0}
    for seen in looks:
        rows = [row for look in seen if (row := points.looks.get(look)) is not None]
        found = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(ROLES)
        told = found[-1]
        begun = [(best + told + told_below, mass + told + told_below, roles) for best, mass, roles in begun]
        begun.append(_begun(paths, masses, told, points))
        paths, masses = _on(paths, masses, found, points)
        if not paths:
            break
        lead = max(best for best, _, _ in begun) - max(best for best, _ in paths.values())
        if lead > _SURE:
            break
    best = max(begun, key=lambda each: each[0], default=None)
    if best is None:
        return Reading((), 0.0)
    everything = _sum([mass for _, mass, _ in begun] + list(masses.values()))
    return Reading(best[2], math.exp(best[1] - everything))


def _begun(paths, masses, told, points):
    best, roles = max(
        ((score + points.after.get((last, "told"), 0.0), roles) for (last, _, _), (score, roles) in paths.items()),
        key=lambda each: each[0],
    )
    mass = _sum([mass + points.after.get((last, "told"), 0.0) for (last, _, _), mass in masses.items()])
    return best + told, mass + told, (*roles, "told")


def _on(paths, masses, found, points):
    better = {}
    sums: dict = {}
    for (last, titled, authored), (score, roles) in paths.items():
        mass = masses[last, titled, authored]
        for n, role in enumerate(ROLES[:-1]):
            if (role == "title" and titled) or (role == "author" and authored):
                continue
            state = (role, titled or role == "title", authored or role == "author")
            step = found[n] + points.after.get((last, role), 0.0)
            if state not in better or better[state][0] < score + step:
                better[state] = (score + step, (*roles, role))
            sums.setdefault(state, []).append(mass + step)
    return better, {state: _sum(each) for state, each in sums.items()}


def _sum(logarithms: Sequence[float]) -> float:
    """Return the logarithm of the sum of numbers that are given as logarithms."""
    if len(logarithms) == 1:
        return logarithms[0]
    most = max(logarithms)
    return most + math.log(sum(math.exp(each - most) for each in logarithms))
