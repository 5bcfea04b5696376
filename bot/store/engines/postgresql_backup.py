"""Backups of a PostgreSQL database, made by pg_dump and restored by pg_restore."""

import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.errors import HostError, found_at
from bot.store.engines.postgresql import connect, message_of, shown
from bot.store.engines.postgresql_migrations import Connection
from bot.store.engines.sqlite_backup import Contents, IsCancelled, never

_TABLES = (
    b"SELECT table_name FROM information_schema.tables"
    b" WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
)

LOOK_SECONDS = 0.5
"""Seconds between two checks whether a running program must be cancelled."""


def dump_database(url: str, target: Path, is_cancelled: IsCancelled = never) -> Contents:
    """Dump the database at *url* to the file *target*, as one snapshot; return its contents.

    The bot may write meanwhile. Raises `HostError` on failure; an existing *target* then stays unchanged.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(0o600)  # readable only by its owner
        with connect(url) as connection:
            connection.execute(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            [(snapshot,)] = connection.execute(b"SELECT pg_export_snapshot()").fetchall()
            rows = _rows_by_table(connection)
            options = ("--format=custom", f"--snapshot={snapshot}", f"--file={unfinished}")
            _run("pg_dump", *options, url=url, is_cancelled=is_cancelled)
            connection.execute(b"ROLLBACK")
            _check(unfinished)
            unfinished.replace(target)
            return Contents(target.stat().st_size, rows)
    except (psycopg.Error, OSError) as error:
        why = message_of(error) if isinstance(error, psycopg.Error) else error
        raise HostError(f"DATABASE {shown(url)} cannot be copied to {target}: {why}.") from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def restore_dump(file: Path, url: str) -> Contents:
    """Restore the dump *file* into the empty database at *url*; return its contents.

    The dump is restored completely or not at all. Raises `HostError` if it cannot be restored.
    """
    _check(file)
    try:
        with connect(url) as connection:
            if tables := len(connection.execute(_TABLES).fetchall()):
                raise HostError(
                    f"DATABASE {shown(url)} is not empty, it has {tables} tables. Make an empty one, and name that."
                )
            options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
            _run("pg_restore", *options, str(file), url=url)
            connection.execute(b"DELETE FROM heartbeats")  # processes in the dump do not run on this database
            return Contents(file.stat().st_size, _rows_by_table(connection))
    except psycopg.Error as error:
        raise HostError(f"DATABASE {shown(url)} cannot be used: {message_of(error)}") from None


def _check(file: Path) -> None:
    """Raise `HostError` unless *file* is a readable dump of a database of this bot."""
    if found_at(file) != "file":
        raise HostError(f"There is no file {file}.")
    if not re.search(r" TABLE DATA \S+ migrations ", _run("pg_restore", "--list", str(file))):
        raise HostError(f"{file} is no database of Oneshot.")


def _run(program: str, *arguments: str, url: str | None = None, is_cancelled: IsCancelled = never) -> str:
    """Run a PostgreSQL client program such as pg_dump, connected to *url* if given, and return what it prints.

    Raises `HostError` if it fails, and `InterruptedError` if it is cancelled.
    """
    with _address(url) as address:
        try:
            process = Popen(
                [program, *arguments, *address], stdout=PIPE, stderr=PIPE, encoding="utf-8", errors="replace"
            )
        except FileNotFoundError:
            raise HostError(
                f"{program} is not there, one of PostgreSQL's own programs. On Debian, apt install postgresql-client."
            ) from None
        with process:
            while True:
                try:
                    printed, complaint = process.communicate(timeout=LOOK_SECONDS)
                    break
                except TimeoutExpired:
                    if is_cancelled():
                        process.terminate()
                        raise InterruptedError("it was stopped") from None
    if process.returncode:
        raise HostError(f"{program} could not do it: {' '.join(complaint.split())}")
    return printed


@contextmanager
def _address(url: str | None) -> Generator[list[str]]:
    """Provide the argument that names the database at *url*, if any.

    Other users can see a program's arguments, so the password goes into a private temporary file.
    """
    parts: dict[str, Any] = dict(conninfo_to_dict(url or ""))
    password = parts.pop("password", None)
    with NamedTemporaryFile("w", encoding="utf-8") as file:
        if password is not None:
            escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
            file.write(f"*:*:*:*:{escaped}\n")
            file.flush()
            parts["passfile"] = file.name
        yield [] if url is None else [f"--dbname={make_conninfo(**parts)}"]


def _rows_by_table(connection: Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute(_TABLES).fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"'.encode()).fetchall()[0][0] for name in tables}
