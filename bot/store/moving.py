"""Moving all rows into an empty database, of the same engine or another."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.errors import HostError
from bot.store.database import Database, Row, Value, Writing
from bot.store.engines import TextIndex
from bot.store.migrations import FOLDER, read_steps
from bot.store.passages import PASSAGES, QUOTES, STORIES, index_changes, write_indexes

AT_ONCE = 500
"""Maximum number of rows read and written together."""

TABLES: tuple[str, ...] = tuple(
    table for step in read_steps(FOLDER, "sqlite") for table in re.findall(r"CREATE TABLE (\w+)", step.sql)
)
"""All tables, each after the tables that it references."""

_TEXTS: tuple[tuple[TextIndex, str, str], ...] = (
    (STORIES, "stories", "SELECT id, title, author FROM stories WHERE {}"),
    (QUOTES, "quotes", "SELECT id, text, scope FROM quotes WHERE {} AND number IS NOT NULL"),
    (PASSAGES, "passages", "SELECT id, text, scope FROM passages WHERE {}"),
)

Tell = Callable[[str, int], None]
"""Progress callback: a table's name and the number of its rows copied so far."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that was moved."""

    table: str
    rows: int
    digest: str
    """SHA-256 of all its rows."""


async def move(source: Database, target: Database, tell: Tell) -> list[Moved]:
    """Copy all rows to *target* in one transaction, then compare the databases; return the moved tables.

    No other process may use either database meanwhile. Raises `HostError` if *target* is not empty, or if the databases
    differ afterwards.
    """
    for table in TABLES:
        if await target.row(f"SELECT 1 FROM {table} LIMIT 1"):
            raise HostError(f"The database to move to is not empty: there are {table.replace('_', ' ')} in it.")
    reading = _Source(source, asyncio.get_running_loop(), await source.engine.last_ids())
    await target.write(lambda writing: _copy(reading, writing, tell))
    moved: list[Moved] = []
    for table in TABLES:
        there, here = await _digest(source, table), await _digest(target, table)
        if there != here:
            counts = f"{there.rows} rows in the old database, {here.rows} in the new one"
            raise HostError(f"{table} is not the same in both: {counts}. Keep the old one.")
        moved.append(here)
    return moved


class _Source:
    """The source database, read from the thread that writes the target."""

    def __init__(self, db: Database, loop: asyncio.AbstractEventLoop, last_ids: dict[str, int]) -> None:
        self._db = db
        self._loop = loop
        self.last_ids = last_ids

    def chunks(self, table: str) -> Iterator[list[Row]]:
        """Yield the rows of *table* in chunks."""
        after: Row | None = None
        while True:
            rows = asyncio.run_coroutine_threadsafe(_chunk(self._db, table, after), self._loop).result()
            if not rows:
                return
            yield rows
            after = rows[-1]


def _copy(reading: _Source, writing: Writing, tell: Tell) -> None:
    for table in TABLES:
        count, last = 0, reading.last_ids.get(table, 0)
        for rows in reading.chunks(table):
            names = list(rows[0].keys())
            writing.many(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})",
                [{name: row[name] for name in names} for row in rows],
            )
            count += len(rows)
            if "id" in names:
                last = max(last, *(row["id"] for row in rows))
            tell(table, count)
        if last:
            writing.keep_ids(table, last)
    for index, table, select in _TEXTS:
        for rows in reading.chunks(table):
            values = {"first": rows[0]["id"], "last": rows[-1]["id"]}
            texts = writing.rows(select.format("id BETWEEN :first AND :last"), values)
            write_indexes(writing, [index_changes(index, [], texts)])


async def _chunk(db: Database, table: str, after: Row | None) -> list[Row]:
    """Return the rows of *table* that follow the row *after* by primary key; without such a key, all rows."""
    key = await db.engine.primary_key(table)
    if not key:
        order = ", ".join(f"{name} NULLS FIRST" for name in await db.columns(table))
        return [] if after else await db.rows(f"SELECT * FROM {table} ORDER BY {order}")
    values: dict[str, Value] = {f"after_{name}": after[name] for name in key} if after else {}
    beyond = f" WHERE ({', '.join(key)}) > ({', '.join(f':{name}' for name in values)})" if after else ""
    return await db.rows(f"SELECT * FROM {table}{beyond} ORDER BY {', '.join(key)} LIMIT {AT_ONCE}", values)


async def _digest(db: Database, table: str) -> Moved:
    count, digest = 0, sha256()
    rows = await _chunk(db, table, None)
    while rows:
        names = sorted(rows[0].keys())
        for row in rows:
            digest.update(repr(_values(row, names)).encode("utf-8", "surrogatepass"))
        count += len(rows)
        rows = await _chunk(db, table, rows[-1])
    return Moved(table, count, digest.hexdigest())


def _values(row: Row, names: Sequence[str]) -> list[Value]:
    return [row[name] for name in names]
