"""The steps that bring a database from any released version to this one: the SQL files beside this module.

A step once released is never edited; a change is a new file with the next number. `tests/releases` has the digests of
those that are. What only one engine understands, such as a trigger, stands in a file of its own beside the step's:
``002-finding.sqlite.sql`` runs after ``002-finding.sql``. The table ``migrations`` remembers each step that a database
has had, with the digest of its files, so that a database of another line of development is refused and not half
understood.

A step of a later release begins with the line ``-- expand 1.1.0`` or ``-- contract 1.1.0``: its release, and whether
the release before works with what it leaves. A step that expands adds, and runs at the start; one that contracts takes
away what its own release needs no more. So processes of two releases that follow each other work on one server.
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
    """A migration: SQL statements."""

    number: int
    """From 1, as its name begins."""
    name: str
    """Of the file that all engines have."""
    sql: str
    """What that file holds, in SQLite's words for types."""
    own: str = ""
    """What one engine runs after it."""
    release: str = FIRST_RELEASE
    """The first that has it."""
    contracts: bool = False
    """Whether the release before cannot work with what it leaves."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the files' bytes."""
        return sha256((self.sql + self.own).encode()).hexdigest()


def read_steps(folder: Path, engine: str) -> tuple[Step, ...]:
    """Return the steps of *engine* in *folder*, by number.

    Raises `ValueError` where their numbers are not 1, 2, 3 and so on, or a file of one engine belongs to no step.
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

MADE = (
    "CREATE TABLE IF NOT EXISTS migrations"
    " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL,"
    " release TEXT NOT NULL, contracts INTEGER NOT NULL)"
)
HAD = "SELECT number, name, digest, release, contracts FROM migrations ORDER BY number"
NOTED = (
    "INSERT INTO migrations (number, name, digest, applied_at, release, contracts)"
    " VALUES (:number, :name, :digest, :now, :release, :contracts)"
)


class Had(NamedTuple):
    """A step that a database has had: a row of `HAD`."""

    number: int
    name: str
    digest: str
    release: str
    contracts: int


def note_of(step: Step, now: int) -> dict[str, str | int]:
    """Return the values of `NOTED` for *step*, which ran at *now*, in seconds since 1970."""
    return {
        "number": step.number,
        "name": step.name,
        "digest": step.digest,
        "now": now,
        "release": step.release,
        "contracts": int(step.contracts),
    }


def version(text: str) -> Version:
    """Return the numbers of a release, which sort as releases follow each other."""
    return tuple(int(number) for number in re.findall(r"\d+", text))


def missing(had: Sequence[Had], steps: Sequence[Step], database: object) -> Sequence[Step]:
    """Return those of *steps* that *database* has not had.

    One that has had the steps of the next release, too, is fine where they only expand. Raises `HostError` where it is
    of a later one still, or of a version with other steps.
    """
    later = had[len(steps) :]
    if len({step.release for step in later}) > 1 or any(step.contracts for step in later):
        raise HostError(
            f"DATABASE {database} was written by a later version of Oneshot. Update the bot, or name another file."
        )
    for step, other in zip(steps, had, strict=False):
        if (other.number, other.name, other.digest) != (step.number, step.name, step.digest):
            raise HostError(
                f"DATABASE {database} was made by another version of Oneshot: its migration {other.name} is not the"
                f" {step.name} of this version. Run the version that made it, or name another file."
            )
    return steps[len(had) :]


def runs_at_start(left: Sequence[Step]) -> Sequence[Step]:
    """Return those of *left*, the steps that a server's database has not had, that a start runs: what expands.

    Raises `HostError` where something is to be taken away before that.
    """
    first = next((place for place, step in enumerate(left) if step.contracts), len(left))
    if not all(step.contracts for step in left[first:]):
        raise HostError(
            f"The database first needs the step {left[first].name}, which takes away what release"
            f" {left[first].release} needs no more: python -m bot migrate"
        )
    return left[:first]


def check_beside(running: Sequence[tuple[str, int, str]], steps: Sequence[Step], left: Sequence[Step]) -> None:
    """Check that each process that runs can work on after *left* of *steps*; of each its machine, number and release.

    Raises `HostError` that names the first that cannot.
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
