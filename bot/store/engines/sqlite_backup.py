"""Backups of an SQLite file: copied while the bot writes, verified, and restored.

A backup is one file, which includes the content of the database's ``-wal`` file.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import HostError
from bot.store.disk_space import check_room, size_of
from bot.store.engines.sqlite_look import looking
from bot.store.engines.sqlite_migrations import check_steps

SLICE_PAGES = 1000
"""Number of pages, of 4 KB each, copied in one step."""

PAUSE_SECONDS = 0.01
"""Seconds between two steps, in which other programs can use the disk."""

SIDE_SUFFIXES = ("-wal", "-shm")
"""Suffixes of the files that SQLite keeps beside an open database."""

IsCancelled = Callable[[], bool]


def never() -> bool:
    """Return False: the default `IsCancelled`, for a copy that cannot be cancelled."""
    return False


@dataclass(frozen=True, slots=True)
class Contents:
    """Contents of a backup."""

    bytes: int
    tables: dict[str, int]
    """Number of rows, by table."""


def copy_database(
    source: Path, target: Path, is_cancelled: IsCancelled = never, pause: float = PAUSE_SECONDS
) -> Contents:
    """Copy the database *source* to the file *target*, as one snapshot; return the contents of the copy.

    The copy is made in a temporary file, which replaces *target* after it is verified. The bot may write meanwhile,
    which neither delays nor restarts the copy. Raises `HostError` on failure; an existing *target* then stays as
    it was.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with looking(source) as db:
            check_room(target.parent, size_of(source), f"a copy of {source}")
            unfinished.unlink(missing_ok=True)
            unfinished.touch(0o600)  # like the database: readable only by its owner
            db.execute("BEGIN")  # all later reads see one snapshot
            expected = _rows_by_table(db)
            _copy_pages(db, unfinished, is_cancelled, pause)
        found = contents(unfinished)
        if found.tables != expected:
            raise HostError(f"The copy of {source} does not hold what the database does. Try again.")
        _sync(unfinished)
        unfinished.replace(target)
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise HostError(f"DATABASE {source} cannot be copied to {target}: {error}.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return found


def contents(path: Path) -> Contents:
    """Return the contents of the backup at *path*. Raises `HostError` if it is damaged or no database of this bot."""
    with looking(path) as db:
        try:
            [first, *_] = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
        except sqlite3.DatabaseError as error:
            first = str(error)
        if first != "ok":
            raise HostError(f"{path} is damaged or is no database: {first}.")
        if check_steps(db, path) == 0:
            raise HostError(f"{path} is no database of Oneshot.")
        return Contents(path.stat().st_size, _rows_by_table(db))


def _copy_pages(db: sqlite3.Connection, target: Path, is_cancelled: IsCancelled, pause: float) -> None:
    def progress(status: int, remaining: int, total: int) -> None:
        if is_cancelled():
            raise InterruptedError("it was stopped")

    with closing(sqlite3.connect(target)) as copy:
        db.backup(copy, pages=SLICE_PAGES, progress=progress, sleep=pause)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable on a read-only disk


def _rows_by_table(db: sqlite3.Connection) -> dict[str, int]:
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables.fetchall()}


def _sync(path: Path) -> None:
    """Flush *path*, a file or folder, to disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Restored:
    """The contents of the restored database, and the path to which the replaced database was moved."""

    contents: Contents
    moved_to: Path | None
    """None if there was no database to replace."""


def restore_database(copy: Path, database: Path, now: int) -> Restored:
    """Replace *database*, which no process may have open, by *copy*.

    *copy* is verified first, and stays. Raises `HostError` if *copy* is damaged, of another program or of a later
    version, or cannot be moved into place.
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
    """Delete the heartbeats in the copy: none of these processes runs on it."""
    with closing(sqlite3.connect(database)) as db, db:
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'heartbeats'").fetchone():
            db.execute("DELETE FROM heartbeats")


def _move_away(database: Path, now: int) -> Path | None:
    """Rename *database* and its side files; return the new path, or None if none of these files exists."""
    if not any(each.exists() for each in _files_of(database)):
        return None
    _write_back(database)
    stamp = f"{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}"
    names = (database.with_name(f"{database.name}.replaced-{stamp}{again}") for again in ("", "-2", "-3", "-4", "-5"))
    moved_to = next(name for name in names if not any(each.exists() for each in _files_of(name)))
    for old, new in zip(_files_of(database), _files_of(moved_to), strict=True):
        if old.exists():
            old.rename(new)
    return moved_to


def _files_of(database: Path) -> list[Path]:
    return [database, *(database.with_name(f"{database.name}{ending}") for ending in SIDE_SUFFIXES)]


def _write_back(database: Path) -> None:
    """Merge the ``-wal`` file into *database*, unless *database* is damaged."""
    if database.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
