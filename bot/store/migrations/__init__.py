"""The steps that bring a database from any released version to this one: the SQL files beside this module.

A step once released is never edited; a change is a new file with the next number. Before the first release they are
edited in place. The table ``migrations`` remembers each step that a database has had, with the digest of its file, so
that a database of another line of development is refused and not half understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import HostError

_NAME = re.compile(r"(\d{3})-[a-z-]+\.sql")


@dataclass(frozen=True, slots=True)
class Step:
    """A migration: a file of SQL statements."""

    number: int
    """From 1, as its name begins."""
    name: str
    """Of the file."""
    sql: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        return sha256(self.sql.encode()).hexdigest()


def read_steps(folder: Path) -> tuple[Step, ...]:
    """Return the steps in *folder*, by number. Raises `ValueError` where their numbers are not 1, 2, 3 and so on."""
    steps: list[Step] = []
    for path in sorted(folder.glob("*.sql")):
        name = _NAME.fullmatch(path.name)
        if name is None or int(name[1]) != len(steps) + 1:
            raise ValueError(f"{path.name}: the next step is named {len(steps) + 1:03}-….sql")
        steps.append(Step(int(name[1]), path.name, path.read_bytes().decode()))
    return tuple(steps)


STEPS = read_steps(Path(__file__).parent)

MADE = (
    "CREATE TABLE IF NOT EXISTS migrations"
    " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL)"
)
HAD = "SELECT number, name, digest FROM migrations ORDER BY number"
NOTED = "INSERT INTO migrations (number, name, digest, applied_at) VALUES (:number, :name, :digest, :now)"


def missing(had: Sequence[tuple[int, str, str]], steps: Sequence[Step], database: object) -> Sequence[Step]:
    """Return those of *steps* that *database* has not had; *had* is what `HAD` finds in it.

    Raises `HostError` where it is of a version with other steps.
    """
    if len(had) > len(steps):
        raise HostError(
            f"DATABASE {database} was written by a later version of Oneshot. Update the bot, or name another file."
        )
    for step, (number, name, digest) in zip(steps, had, strict=False):
        if (number, name, digest) != (step.number, step.name, step.digest):
            raise HostError(
                f"DATABASE {database} was made by another version of Oneshot: its migration {name} is not the"
                f" {step.name} of this version. Run the version that made it, or name another file."
            )
    return steps[len(had) :]
