"""Migrating an SQLite file, by the steps of `bot.store.migrations` that the file lacks."""

import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bot.errors import HostError
from bot.store.disk_space import check_room, size_of
from bot.store.migrations import (
    CREATE_TABLE,
    FOLDER,
    INSERT_STEP,
    SELECT_STEPS,
    AppliedStep,
    Step,
    missing,
    read_steps,
    step_values,
)

log = logging.getLogger(__name__)

STEPS = read_steps(FOLDER, "sqlite")


def migrate(db: sqlite3.Connection, path: Path, now: int, steps: Sequence[Step] = STEPS) -> None:
    """Run the missing *steps* of *db*, the file at *path*, in one transaction.

    The transaction locks out other writers, so two processes may open a new file together. A file that is not empty is
    copied first. Contracting steps run, too, since only one process uses a file. Raises `HostError` if the file has
    unknown steps, or if there is no room for the copy.
    """
    if not _missing(db, path, steps):
        return  # no need to wait for the write lock
    try:
        db.execute("BEGIN IMMEDIATE")
        left = _missing(db, path, steps)
        if left:
            _copy(db, path, len(steps) - len(left), len(steps))
            db.execute(CREATE_TABLE)
        for step in left:
            for statement in _statements(f"{step.sql};\n{step.own}" if step.own else step.sql):
                db.execute(statement)
            db.execute(INSERT_STEP, step_values(step, now))
        db.commit()
    except BaseException:
        db.rollback()
        raise


def check_steps(db: sqlite3.Connection, path: Path) -> int:
    """Return the number of this version's steps that *db* has. Raises `HostError` if *db* has unknown steps."""
    return len(STEPS) - len(_missing(db, path, STEPS))


def _missing(db: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> Sequence[Step]:
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").fetchone():
        return steps
    try:
        applied = db.execute(SELECT_STEPS).fetchall()
    except sqlite3.OperationalError as error:
        raise HostError(
            f"DATABASE {path} was made before the first release of Oneshot, and this version cannot read it."
            " Name another file; the stories are loaded into it anew."
        ) from error
    return missing([AppliedStep(*row) for row in applied], steps, path)


def _copy(db: sqlite3.Connection, path: Path, done: int, last: int) -> None:
    """Copy the database file before a migration, unless it has no tables.

    The copy's name ends in *done*, the number of steps already applied.
    """
    if not db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        return
    copy = path.with_name(f"{path.name}.before-{done:03}")
    check_room(path.parent, size_of(path), f"the copy that is made before DATABASE {path} is brought up to date")
    _copy_file(path, copy)
    log.warning("DATABASE %s is brought from migration %d to %d. A copy of it as it was is %s.", path, done, last, copy)


def _copy_file(path: Path, copy: Path) -> None:
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.touch(0o600)  # like the database: readable only by its owner
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)


def _statements(sql: str) -> Iterator[str]:
    """Yield the statements of an SQL script; a trigger, with the statements in it, is one statement."""
    statement = ""
    for piece in re.split("(?<=;)", sql):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
