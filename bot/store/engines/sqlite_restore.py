"""Puts a copy in the place of an SQLite file. What was there is moved away and never deleted."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import HostError
from bot.store.engines.sqlite_backup import BESIDE, Contents, contents, copy_database


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands in the place of the database now, and where what was there is."""

    contents: Contents
    moved_to: Path | None
    """None if there was no database."""


def restore_database(copy: Path, database: Path, now: int) -> Restored:
    """Put *copy* in the place of *database*, which nobody may have open.

    *copy* is looked at before anything is moved, and stays. Raises `HostError` where it is damaged, of another program
    or of a later version.
    """
    if copy.resolve() == database.resolve():
        raise HostError(f"{copy} is the database itself. Name a copy of it.")
    contents(copy)
    ready = database.with_name(f"{database.name}.restoring")
    found = copy_database(copy, ready, pause=0)
    try:
        _forget_processes(ready)
        moved_to = _move_away(database, now)
        ready.replace(database)
    except (sqlite3.Error, OSError) as error:
        raise HostError(
            f"{copy} cannot take the place of DATABASE {database}: {error}. What was moved is beside it."
        ) from error
    return Restored(found, moved_to)


def _forget_processes(database: Path) -> None:
    """Delete what processes said of themselves when the copy was made: none of them runs on this database."""
    with closing(sqlite3.connect(database)) as db, db:
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'heartbeats'").fetchone():
            db.execute("DELETE FROM heartbeats")


def _move_away(database: Path, now: int) -> Path | None:
    """Give *database* and what belongs to it another name; return the name, None where there was nothing."""
    if not any(each.exists() for each in _family(database)):
        return None
    _write_back(database)
    stamp = f"{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}"
    names = (database.with_name(f"{database.name}.replaced-{stamp}{again}") for again in ("", "-2", "-3", "-4", "-5"))
    moved_to = next(name for name in names if not any(each.exists() for each in _family(name)))
    for old, new in zip(_family(database), _family(moved_to), strict=True):
        if old.exists():
            old.rename(new)
    return moved_to


def _family(database: Path) -> list[Path]:
    return [database, *(database.with_name(f"{database.name}{ending}") for ending in BESIDE)]


def _write_back(database: Path) -> None:
    """Bring into the file what is only in its `-wal`; a file that is damaged is moved as it is."""
    if database.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
