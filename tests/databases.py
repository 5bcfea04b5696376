"""The databases of the tests: SQLite files, or on ``--postgresql`` a database of a server for each such path.

A test names a path and opens a store there. What it looks up or changes beside the store, it does with `connected`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from aiosqlite import Connection

from bot.store import Store
from bot.store.engines import Row, Values
from bot.store.engines.sqlite import Sqlite, SqliteReading
from tests.postgresql import ADDRESS, on_postgresql

_made: dict[Path, str] = {}
"""The names of databases on the server, by the paths that they stand for."""

_numbers = count(1)


class Plain(Protocol):
    """A connection beside the store; ``?`` stands for a value."""

    def execute(self, sql: str, values: Any = (), /) -> Any: ...
    def executemany(self, sql: str, values: Any, /) -> Any: ...


@contextmanager
def connected(path: Path) -> Iterator[Plain]:
    """Connect to the database of *path* beside the store; what is changed is kept if nothing is raised."""
    if not on_postgresql():
        with closing(sqlite3.connect(path)) as db, db:
            yield db
        return
    import psycopg

    with psycopg.connect(database_at(path)) as connection:
        yield _Plain(connection)


class _Plain:
    """A connection to the server, used as one of `sqlite3` is."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Any = (), /) -> Any:
        from bot.store.engines.postgresql import translated

        return self._connection.execute(translated(sql), values)

    def executemany(self, sql: str, values: Any, /) -> None:
        for each in values:
            self.execute(sql, each)


def database_at(path: Path) -> Any:
    """Return what `Store.open` takes for the database of *path*; on a server it is made when first asked for."""
    if not on_postgresql():
        return path
    if path not in _made:
        _create(path, None)
    return _address(_made[path])


def copied(path: Path, copy: Path) -> Any:
    """Copy the database of *path*, in which nobody works, to that of *copy*; return what `Store.open` takes for it."""
    if on_postgresql():
        _create(copy, _made[path])
    else:
        shutil.copy(path, copy)
    return database_at(copy)


def dropped(folder: Path) -> None:
    """Drop the databases of paths in *folder*."""
    for path in [path for path in _made if folder in path.parents]:
        _tell(f"DROP DATABASE IF EXISTS {_made.pop(path)} WITH (FORCE)")


def connections(store: Store) -> list[Connection]:
    """Return what *store* writes and reads its SQLite file with, the writer first."""
    engine = store._db.engine  # pyright: ignore[reportPrivateUsage]
    assert isinstance(engine, Sqlite)
    return list(engine.connections)


def statements_read(patch: pytest.MonkeyPatch) -> list[tuple[str, Values]]:
    """Return a list in which each statement is put that SQLite's readers run, with its values."""
    asked: list[tuple[str, Values]] = []
    rows = SqliteReading.rows

    def noted(self: SqliteReading, sql: str, values: Values = ()) -> list[Row]:
        if type(self) is SqliteReading:  # and no transaction
            asked.append((sql, values))
        return rows(self, sql, values)

    patch.setattr(SqliteReading, "rows", noted)
    return asked


def columns(path: Path) -> dict[str, list[str]]:
    """Return the columns of each table, but for the indexes of words."""
    with connected(path) as db:
        if on_postgresql():
            found = db.execute(
                "SELECT c.table_name, c.column_name FROM information_schema.columns c"
                " JOIN information_schema.tables t USING (table_schema, table_name)"
                " WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY c.ordinal_position"
            ).fetchall()
        else:
            found = db.execute(
                "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'"
            ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in found:
        if "_search" not in table and not table.startswith("sqlite_"):
            tables.setdefault(table, []).append(column)
    return tables


def rows_with(path: Path, number: int) -> dict[str, int]:
    """Return how many rows of each table have *number* in a column, or in a text there; tables without are left out."""
    tables = columns(path)
    found: dict[str, int] = {}
    with connected(path) as db:
        for table, names in tables.items():
            for name in names:
                sql = f"SELECT count(*) FROM {table} WHERE CAST({name} AS TEXT) LIKE ?"
                found[table] = found.get(table, 0) + db.execute(sql, (f"%{number}%",)).fetchone()[0]
    return {table: count for table, count in found.items() if count}


def dump(path: Path) -> list[str]:
    """Return all rows of all tables but the indexes of words, each in a line that begins with its table."""
    tables = columns(path)
    with connected(path) as db:
        return [
            f'INTO "{table}": {tuple(row)}'
            for table in sorted(tables)
            for row in sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
        ]


def modes_in(folder: Path) -> dict[str, int]:
    """Return who may read and write each file of *folder*, as the bits of its mode."""
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def _create(path: Path, template: str | None) -> None:
    name = f"t{os.getpid()}_{next(_numbers)}"
    _tell(f"CREATE DATABASE {name} TEMPLATE {template or _migrated()}")
    _made[path] = name


@cache
def _migrated() -> str:
    """The name of a database of this process that has had all migrations, and holds nothing."""
    from bot.store.engines.postgresql import bring_up_to_date

    name = f"t{os.getpid()}"
    _tell(f"CREATE DATABASE {name} TEMPLATE template0")
    bring_up_to_date(_address(name), 0)
    return name


def _address(name: str) -> str:
    return os.environ[ADDRESS].replace("/postgres?", f"/{name}?")


def _tell(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ[ADDRESS], autocommit=True) as connection:
        connection.execute(statement.encode())
