"""Migrations: numbered SQL files, called steps, that bring a database of any released version to this version.

A released step is never edited; a change of the tables is a new file with the next number. `tests/releases` has the
digests of the released steps. SQL that only one engine has, such as a trigger, is in a separate file:
``002-finding.sqlite.sql`` runs after ``002-finding.sql``. The table ``migrations`` stores the steps that a database has
run, with a digest of their files, so that a database with other steps is refused.

The first line of a step after the first release states the release and kind of the step: ``-- expand 1.1.0`` or
``-- contract 1.1.0``. An expanding step only adds to the tables. It runs at the bot's start, and processes of the
previous release continue to work. A contracting step removes what its release no longer needs. On a database server it
runs only by the command ``migrate``, when no process of the previous release is left. So processes of two successive
releases can work on one server.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.errors import HostError

_NAME = re.compile(r"\d{3}-[a-z-]+\.sql")
_OWN = re.compile(r"[^.]+\.(?:sqlite|postgresql)\.sql")
_RELEASE = re.compile(r"-- (expand|contract) (\d+\.\d+\.\d+)\n")

FIRST_RELEASE = "1.0.0"

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One migration."""

    number: int
    """Number of the step, from 1; the name begins with it."""
    name: str
    """Name of the file for all engines."""
    sql: str
    """Content of the file for all engines, with SQLite's type names."""
    own: str = ""
    """Content of the engine's separate file, which runs after *sql*; empty if there is none."""
    release: str = FIRST_RELEASE
    """First release with the step."""
    contracts: bool = False
    """Whether the step is contracting, so that the previous release cannot work after it."""

    @property
    def digest(self) -> str:
        """SHA-256 of the step's files, in hexadecimal."""
        return sha256((self.sql + self.own).encode()).hexdigest()


def read_steps(folder: Path, engine: str) -> tuple[Step, ...]:
    """Return the steps of *engine* in *folder*, by number.

    Raises `ValueError` if the numbers are not 1, 2, 3 and so on, or if an engine's separate file belongs to no step.
    """
    texts = {path.name: path.read_bytes().decode() for path in sorted(folder.glob("*.sql"))}
    own = {name: texts.pop(name) for name in list(texts) if _OWN.fullmatch(name)}
    steps: list[Step] = []
    for name, sql in texts.items():
        if _NAME.fullmatch(name) is None or int(name[:3]) != len(steps) + 1:
            raise ValueError(f"{name}: the next step is named {len(steps) + 1:03}-….sql")
        kind, release = found.groups() if (found := _RELEASE.match(sql)) else ("expand", FIRST_RELEASE)
        of_engine = own.get(f"{name[:-4]}.{engine}.sql", "")
        steps.append(Step(len(steps) + 1, name, sql, of_engine, release, kind == "contract"))
    for name in own:
        if f"{name.partition('.')[0]}.sql" not in texts:
            raise ValueError(f"{name}: there is no step that it belongs to")
    return tuple(steps)


FOLDER = Path(__file__).parent

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS migrations"
    " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL,"
    " release TEXT NOT NULL, contracts INTEGER NOT NULL)"
)
SELECT_STEPS = "SELECT number, name, digest, release, contracts FROM migrations ORDER BY number"
INSERT_STEP = (
    "INSERT INTO migrations (number, name, digest, applied_at, release, contracts)"
    " VALUES (:number, :name, :digest, :now, :release, :contracts)"
)


class AppliedStep(NamedTuple):
    """A step that a database has run: a row of `SELECT_STEPS`."""

    number: int
    name: str
    digest: str
    release: str
    contracts: int


def step_values(step: Step, now: int) -> dict[str, str | int]:
    """Return the parameters of `INSERT_STEP` for *step*, run at the epoch second *now*."""
    return {
        "number": step.number,
        "name": step.name,
        "digest": step.digest,
        "now": now,
        "release": step.release,
        "contracts": int(step.contracts),
    }


def version(text: str) -> Version:
    """Return the numbers in a release's name, for comparison: ``(1, 10, 0)`` for ``1.10.0``."""
    return tuple(int(number) for number in re.findall(r"\d+", text))


def missing(applied: Sequence[AppliedStep], steps: Sequence[Step], database: object) -> Sequence[Step]:
    """Return those of *steps* that a database has not run, if *applied* are the steps that it has run.

    The database may also have run expanding steps of the next release. Raises `HostError`, with the name *database*, if
    it has run contracting ones or steps of several later releases, or if its steps differ from *steps*.
    """
    later = applied[len(steps) :]
    if len({step.release for step in later}) > 1 or any(step.contracts for step in later):
        raise HostError(
            f"DATABASE {database} was written by a later version of Oneshot. Update the bot, or name another file."
        )
    for step, other in zip(steps, applied, strict=False):
        if (other.number, other.name, other.digest) != (step.number, step.name, step.digest):
            raise HostError(
                f"DATABASE {database} was made by another version of Oneshot: its migration {other.name} is not the"
                f" {step.name} of this version. Run the version that made it, or name another file."
            )
    return steps[len(applied) :]


def runs_at_start(left: Sequence[Step]) -> Sequence[Step]:
    """Return those of *left*, which a server's database lacks, that run at the bot's start: the expanding ones.

    Raises `HostError` if an expanding step follows a contracting step, which must run first.
    """
    first = next((place for place, step in enumerate(left) if step.contracts), len(left))
    if not all(step.contracts for step in left[first:]):
        raise HostError(
            f"The database first needs the step {left[first].name}, which takes away what release"
            f" {left[first].release} needs no more: python -m bot migrate"
        )
    return left[:first]


def check_running(running: Sequence[tuple[str, int, str]], steps: Sequence[Step], left: Sequence[Step]) -> None:
    """Raise `HostError` if a running process cannot continue to work after the missing steps *left* of *steps*.

    *running* has the machine, id and release of each process. A process can continue after expanding steps of the
    release that follows its own.
    """
    for host, process, release in running:
        later = {step.release for step in steps if version(step.release) > version(release)}
        loses = [step for step in left if step.contracts and step.release in later]
        if loses or (left and len(later) > 1):
            raise HostError(
                f"Process {process} on {host} is of release {release}, which cannot work with what"
                f" {(loses or left)[-1].name} changes. Nothing was changed. Stop that process first; one that was"
                " killed counts as running for a minute."
            )
