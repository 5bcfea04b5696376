"""The faults of faults.toml, and their results."""

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
    """Path of the module, relative to the root of the project."""
    place: str
    """Name of the place in the module, as in `Place.name`."""
    was: str
    """Text to replace; it occurs once in the place."""
    becomes: str
    harm: str
    """Harm that a user or host would notice."""

    @property
    def name(self) -> str:
        """Return the key of the results. A place can have several faults, so it includes the replaced text."""
        return f"{self.path}:{self.place}: {self.was}"

    def put_in(self, root: Path) -> str:
        """Write the fault into the module below *root*; return the module's text from before.

        Raises `ValueError` if the place is gone or does not contain the text exactly once.
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
    """Outcome of a trial of a fault."""

    name: str
    outcome: Outcome
    by: str
    """First test that failed; empty if none did."""
    tried: int
    """Number of tests that reach the place."""
    commit: str


def read_faults() -> list[Fault]:
    """Return the faults in the order of the file."""
    return [Fault(**each) for each in tomllib.loads(FAULTS.read_text("utf-8"))["fault"]]


def places_without() -> set[tuple[str, str]]:
    """Return the drawn places (path, name) that can have no fault; faults.toml gives the reasons."""
    return {(each["path"], each["place"]) for each in tomllib.loads(FAULTS.read_text("utf-8"))["without"]}


def read_results() -> dict[str, Result]:
    """Return the results by the names of faults."""
    if not RESULTS.exists():
        return {}
    results = [Result(**json.loads(line)) for line in RESULTS.read_text("utf-8").splitlines()]
    return {each.name: each for each in results}


def keep(result: Result) -> None:
    """Save a result; it replaces an earlier one of the same fault."""
    results = read_results() | {result.name: result}
    RESULTS.write_text("".join(json.dumps(asdict(each)) + "\n" for each in results.values()), "utf-8")
