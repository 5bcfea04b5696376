"""The steps that bring a database from any released version to this one: the SQL files beside this module.

A step once released is never edited; a change is a new file with the next number. `tests/releases` has the digests of
those that are. What only one engine understands, such as a trigger, stands in a file of its own beside the step's:
``002-finding.sqlite.sql`` runs after ``002-finding.sql``. The table ``migrations`` remembers each step that a database
has had, with the digest of its files, so that a database of another line of development is refused and not half
understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import HostError

_NAME = re.compile(r"\d{3}-[a-z-]+\.sql")
_OWN = re.compile(r"[^.]+\.(?:sqlite|postgresql)\.sql")


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
        steps.append(Step(len(steps) + 1, name, sql, own.get(f"{name[:-4]}.{engine}.sql", "")))
    for name in own:
        if f"{name.partition('.')[0]}.sql" not in texts:
            raise ValueError(f"{name}: there is no step that it belongs to")
    return tuple(steps)


FOLDER = Path(__file__).parent

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
