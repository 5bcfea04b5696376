"""A fault: a text of the code and what replaces it, in a named place; the list of them, and what became of each."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tools.faults.draw import places_of

FAULTS = Path(__file__).with_name("faults.toml")
RESULTS = Path(__file__).with_name("results.jsonl")

Outcome = Literal["caught", "survives", "hangs"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A realistic change of one line."""

    path: str
    """Of the module, from the root of the project."""
    place: str
    """The function or table that it stands in, as `draw` names it."""
    was: str
    """A text that stands once in that place."""
    becomes: str
    harm: str
    """What somebody would notice."""

    @property
    def name(self) -> str:
        """Return what a result is kept under: another fault of the same place is another name."""
        return f"{self.path}:{self.place}: {self.was}"

    def put_in(self, root: Path) -> str:
        """Write the fault into the module below *root*; return the module's text before.

        Raises `ValueError` where the place has gone, or has the text not once.
        """
        file = root / self.path
        before = file.read_text("utf-8")
        place = next((each for each in places_of(file, root) if each.name == self.place), None)
        if place is None:
            raise ValueError(f"{self.path} has no {self.place}: draw another fault")
        lines = before.splitlines(keepends=True)
        within = "".join(lines[place.first - 1 : place.last])
        if within.count(self.was) != 1:
            raise ValueError(f"{self.path}:{self.place} has {within.count(self.was)} times: {self.was}")
        lines[place.first - 1 : place.last] = within.replace(self.was, self.becomes)
        file.write_text("".join(lines), "utf-8")
        return before


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a fault."""

    name: str
    outcome: Outcome
    by: str
    """The test that turned red first; empty for none."""
    tried: int
    """How many tests reached the place."""
    commit: str


def read_faults() -> list[Fault]:
    """Return the list."""
    return [Fault(**each) for each in tomllib.loads(FAULTS.read_text("utf-8"))["fault"]]


def places_without() -> set[tuple[str, str]]:
    """Return the drawn places, as path and name, that no fault fits; the list says why."""
    return {(each["path"], each["place"]) for each in tomllib.loads(FAULTS.read_text("utf-8"))["without"]}


def read_results() -> dict[str, Result]:
    """Return what became of the faults that were tried, by their names."""
    if not RESULTS.exists():
        return {}
    results = [Result(**json.loads(line)) for line in RESULTS.read_text("utf-8").splitlines()]
    return {each.name: each for each in results}


def keep(result: Result) -> None:
    """Write down what became of a fault, in place of what did before."""
    results = read_results() | {result.name: result}
    RESULTS.write_text("".join(json.dumps(asdict(each)) + "\n" for each in results.values()), "utf-8")
