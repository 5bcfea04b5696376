"""The steps that bring a database from any released version to this one: the SQL files beside this module.

A step once released is never edited; a change is a new file with the next number. Before the first release they are
edited in place. The table ``migrations`` remembers each step that a database has had, with the digest of its file, so
that a database of another line of development is refused and not half understood.
"""

import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import HostError
from bot.store.room import check_room, size_of

log = logging.getLogger(__name__)

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


_RECORDS = (
    "CREATE TABLE IF NOT EXISTS migrations"
    " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at INTEGER NOT NULL)"
)


def migrate(db: sqlite3.Connection, path: Path, now: int, steps: Sequence[Step] = STEPS) -> None:
    """Run the *steps* that *db*, the file at *path*, has not had: all of them, or none where one fails.

    It looks and writes in one transaction that shuts out other writers, so two processes may open a new file at once.
    A file that has tables is first copied to a file beside it. Raises `HostError` where it is of a version with other
    steps.
    """
    if _done(db, path, steps) == len(steps):
        return  # no need to wait for who writes
    try:
        db.execute("BEGIN IMMEDIATE")
        done = _done(db, path, steps)
        if done < len(steps):
            _copy(db, path, done, len(steps))
            db.execute(_RECORDS)
        for step in steps[done:]:
            for statement in _statements(step.sql):
                db.execute(statement)
            db.execute(
                "INSERT INTO migrations (number, name, digest, applied_at) VALUES (:number, :name, :digest, :now)",
                {"number": step.number, "name": step.name, "digest": step.digest, "now": now},
            )
        db.commit()
    except BaseException:
        db.rollback()
        raise


def check_steps(db: sqlite3.Connection, path: Path) -> int:
    """Return how many of this version's steps the database at *path* has had. Raises `HostError` for other ones."""
    return _done(db, path, STEPS)


def _done(db: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> int:
    """How many of *steps* the database has had."""
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").fetchone():
        return 0
    try:
        had = db.execute("SELECT number, name, digest FROM migrations ORDER BY number").fetchall()
    except sqlite3.OperationalError as error:
        raise HostError(
            f"DATABASE {path} was made before the first release of Oneshot, and this version cannot read it."
            " Name another file; the stories are loaded into it anew."
        ) from error
    if len(had) > len(steps):
        raise HostError(
            f"DATABASE {path} was written by a later version of Oneshot. Update the bot, or name another file."
        )
    for step, (number, name, digest) in zip(steps, had, strict=False):
        if (number, name, digest) != (step.number, step.name, step.digest):
            raise HostError(
                f"DATABASE {path} was made by another version of Oneshot: its migration {name} is not the"
                f" {step.name} of this version. Run the version that made it, or name another file."
            )
    return len(had)


def _copy(db: sqlite3.Connection, path: Path, done: int, last: int) -> None:
    """Copy the file before it is changed, unless it is empty; the copy's name ends in the number of its last step."""
    if not db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        return
    copy = path.with_name(f"{path.name}.before-{done:03}")
    check_room(path.parent, size_of(path), f"the copy that is made before DATABASE {path} is brought up to date")
    _copy_file(path, copy)
    log.warning("DATABASE %s is brought from migration %d to %d. A copy of it as it was is %s.", path, done, last, copy)


def _copy_file(path: Path, copy: Path) -> None:
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.touch(0o600)  # as the file itself: only its owner reads it
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script; a trigger's own statements are part of it."""
    statement = ""
    for piece in re.split("(?<=;)", sql):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
