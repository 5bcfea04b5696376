"""SQLite: one connection that writes, and several that read.

A transaction runs as one call on the writing connection's thread. Waiting transactions share a commit, each in a
savepoint of its own. Queries run on the other connections, so they see only committed rows, and wait neither for a
story that is being loaded nor for a search.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from bot.errors import HostError, NothingStored
from bot.store.engines import Change, Look, Row, Task, Turn, Values
from bot.store.engines.sqlite_migrations import migrate
from bot.store.engines.sqlite_search import FTS5

OLDEST_SQLITE = (3, 40, 0)

WRITING = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a change that was confirmed survives a power cut
    "foreign_keys = ON",
    "secure_delete = ON",  # overwrite deleted data: not the default in every build
)
READING = ("query_only = ON",)
"""Pragmas of a reading connection."""

BUSY_SECONDS = 30
"""Maximum seconds for which a connection waits for another process's lock."""

SEARCHERS = 3
"""Number of connections for long queries, and thus of searches that can run in parallel."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WRITE_REFUSED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""Error codes of a write to a disk that is full, read-only or broken."""

Made = TypeVar("Made")


class SqliteReading:
    """Queries on committed rows, on a connection's thread."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds or returns; in a transaction, with the transaction's own changes."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds or returns, or None."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None


class SqliteWriting(SqliteReading):
    """An open transaction, on the writing connection's thread."""

    __slots__ = ()

    search = FTS5

    def take(self, *turns: Turn) -> None:
        """Do nothing: there is only one writer."""

    def take_everything(self) -> None:
        """Do nothing: there is only one writer."""

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement; return the number of changed rows."""
        cursor = self._connection.execute(sql, values)
        changed = cursor.rowcount
        cursor.close()
        return changed

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Run a statement once with each of *values*."""
        self._connection.executemany(sql, values).close()

    def keep_ids(self, table: str, last: int) -> None:
        """Make new rows of *table* get ids greater than *last*."""
        values = {"table": table, "last": last}
        if not self.execute("UPDATE sqlite_sequence SET seq = :last WHERE name = :table", values):
            self.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT name, :last FROM sqlite_schema"
                " WHERE name = :table AND sql LIKE '%AUTOINCREMENT%'",
                values,
            )


@dataclass(slots=True, eq=False)
class _Waiting:
    """A change or query in the queue of a connection, and the future for which the caller waits."""

    act: Callable[[Any], Any]
    """Called with the connection's `SqliteWriting` or `SqliteReading`."""
    done: asyncio.Future[Any]
    made: object = None
    error: Exception | None = None

    def finish(self) -> None:
        """Resolve the future with the result or the error of the call; for a change, after the commit."""
        if self.error is not None:
            self.fail(self.error)
        elif not self.done.done():
            self.done.set_result(self.made)

    def fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


def _make_all(waiting: Sequence[_Waiting], connection: sqlite3.Connection) -> None:
    """Run all queued changes in one transaction. A change that raises is rolled back alone."""
    writing = SqliteWriting(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for each in waiting:
            if each.done.done():  # the caller was cancelled
                continue
            connection.execute("SAVEPOINT change")
            try:
                each.made = each.act(writing)
            except Exception as error:
                if not connection.in_transaction:  # a full disk has rolled everything back
                    raise
                each.error = error
                connection.execute("ROLLBACK TO change")
            connection.execute("RELEASE change")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _read_all(waiting: Sequence[_Waiting], connection: sqlite3.Connection) -> None:
    """Run all queued queries."""
    reading = SqliteReading(connection)
    for each in waiting:
        if not each.done.done():
            try:
                each.made = each.act(reading)
            except Exception as error:
                each.error = error


def _finish_all(done: Sequence[_Waiting]) -> None:
    for each in done:
        each.finish()


def _fail_all(undone: Sequence[_Waiting], error: Exception) -> None:
    for each in undone:
        each.fail(error)


class _Shared:
    """A connection with a queue. One call on the connection's thread runs everything in the queue."""

    def __init__(
        self, connection: _Connection, do_all: Callable[[Sequence[_Waiting], sqlite3.Connection], None]
    ) -> None:
        self._connection = connection
        self._do_all = do_all
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def do(self, act: Look[Made] | Change[Made]) -> Made:
        """Run *act* with everything else in the queue; return the result of *act* when everything is done."""
        waiting = _Waiting(act, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None:
            self._task = asyncio.create_task(self._work())
            self._task.add_done_callback(self._on_done)
        try:
            return await waiting.done
        finally:
            if waiting in self._waiting:  # cancelled while still in the queue
                self._waiting.remove(waiting)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                doing, self._waiting = self._waiting, []
                try:
                    await self._connection.run(partial(self._do, doing, loop))
                except Exception as error:  # the connection is closed
                    _fail_all(doing, error)
        finally:
            self._reset()

    def _on_done(self, task: asyncio.Task[None]) -> None:
        if self._task is task:  # it was cancelled before `_work` began
            self._reset()

    def _reset(self) -> None:
        """Let the next call start a new task. If the task was cancelled, cancel everything left in the queue."""
        self._task = None
        for each in self._waiting:
            each.done.cancel()

    def _do(self, doing: Sequence[_Waiting], loop: asyncio.AbstractEventLoop, connection: sqlite3.Connection) -> None:
        """Run *doing* on the connection's thread, and resolve its futures on *loop*, even if the task is cancelled."""
        try:
            self._do_all(doing, connection)
        except Exception as error:
            loop.call_soon_threadsafe(_fail_all, doing, error)
        else:
            loop.call_soon_threadsafe(_finish_all, doing)


class _Connection(aiosqlite.Connection):
    """A connection that can run whole functions on its thread, and join the thread."""

    async def run(self, function: Callable[[sqlite3.Connection], Made]) -> Made:
        """Call *function*, with all its statements, once on the connection's thread."""
        return await self._execute(function, self._conn)  # pyright: ignore[reportUnknownMemberType]

    def join(self) -> None:
        """Wait until the thread has ended. The thread never waits for the event loop."""
        if self._thread.is_alive():
            self._thread.join()


@asynccontextmanager
async def _connection(path: Path, *settings: str) -> AsyncGenerator[_Connection]:
    """Open a connection to *path* with the pragmas *settings*; close it and join its thread on exit.

    aiosqlite does not join the thread if the file cannot be opened. The thread may then outlive the event loop and
    print a traceback beside the host's error message.
    """
    db = _Connection(partial(_connected, path, settings), iter_chunk_size=64)
    try:
        async with db:
            yield db
    finally:
        db.join()


def _connected(path: Path, settings: Sequence[str]) -> sqlite3.Connection:
    """Return a connection to *path* with the pragmas *settings*; blocks for up to `BUSY_SECONDS`.

    Retries each pragma, since SQLite itself does not wait while another process sets WAL mode.
    """
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=1024)
    until = time.monotonic() + BUSY_SECONDS
    try:
        for setting in (f"busy_timeout = {1000 * BUSY_SECONDS}", *settings):
            while not _is_set(connection, setting, time.monotonic() < until):
                time.sleep(0.01)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_set(connection: sqlite3.Connection, setting: str, may_wait: bool) -> bool:
    try:
        connection.execute(f"PRAGMA {setting}")
    except sqlite3.OperationalError as error:
        if not may_wait or _kind(error) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _make_private(path: Path) -> None:
    """Create the file *path* if it does not exist, and make it and SQLite's side files readable only by their owner."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for each in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))):
        with suppress(FileNotFoundError, PermissionError):  # another user must protect their own file
            each.chmod(0o600)


class Sqlite:
    """The open database, made by `Sqlite.open`."""

    search = FTS5

    def __init__(self, writer: _Connection, reader: _Connection, searchers: Sequence[_Connection]) -> None:
        self.connections = (writer, reader, *searchers)
        self.writer = writer
        self._changes = _Shared(writer, _make_all)
        self._queries = _Shared(reader, _read_all)
        """The queue of short queries."""
        self._idle = asyncio.LifoQueue[_Connection]()
        """Idle connections for long queries. The last used is taken first, since it has the warmest cache."""
        for connection in self.connections:
            connection.row_factory = sqlite3.Row
        for searcher in searchers:
            self._idle.put_nowait(searcher)
        self._damage: asyncio.Future[HostError] = asyncio.get_running_loop().create_future()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, now: int) -> AsyncGenerator[Self]:
        """Open the file *path*, create or migrate it if necessary, and close it on exit.

        Raises `HostError` if SQLite is too old or this version cannot use the file.
        """
        check_sqlite()
        async with AsyncExitStack() as stack:
            try:
                await asyncio.to_thread(_make_private, path)
                writer = await stack.enter_async_context(_connection(path, *WRITING))
                await writer.run(lambda db: migrate(db, path, now))
                readers = [await stack.enter_async_context(_connection(path, *READING)) for _ in range(1 + SEARCHERS)]
            except (sqlite3.Error, OSError) as error:
                raise HostError(
                    f"DATABASE {path} cannot be used: {error}. Name another file, or mend this one."
                ) from error
            yield cls(writer, readers[0], readers[1:])

    @asynccontextmanager
    async def only(self, task: Task, *, waits: bool = True) -> AsyncGenerator[bool]:
        """Yield True: there is no other process."""
        yield True

    async def tell(self) -> None:
        """Do nothing: there is no other process."""

    async def damage(self) -> HostError:
        """Wait until a statement finds the file damaged; return an error for the host."""
        return await asyncio.shield(self._damage)

    def _told(self, error: sqlite3.DatabaseError) -> Exception:
        """Return *error*, or an error for the host if *error* reports a damaged file."""
        if _kind(error) not in _DAMAGED:
            return error
        told = HostError(
            f"The database is damaged: {error}. Put your latest copy in its place, and remove its -wal and -shm."
        )
        if not self._damage.done():
            self._damage.set_result(told)
        return told

    async def columns(self, table: str) -> list[str]:
        """Return the column names of *table*."""
        return [row["name"] for row in await self._rows(f"PRAGMA table_info({table})")]

    async def primary_key(self, table: str) -> list[str]:
        """Return the columns of the primary key of *table*, in its order."""
        sql = "SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk"
        return [row["name"] for row in await self._rows(sql, {"table": table})]

    async def last_ids(self) -> dict[str, int]:
        """Return the last id that was given to a row, for each table that never reuses ids."""
        return {row["name"]: row["seq"] for row in await self._rows("SELECT name, seq FROM sqlite_sequence")}

    async def write(self, change: Change[Made], *, is_once: bool = False) -> Made:
        """Run *change* in one transaction with all queued changes; return its result after the commit.

        So hundreds of simultaneous votes wait for a few syncs to disk instead of one each. A change that raises is
        rolled back alone.
        """
        try:
            return await self._changes.do(change)
        except sqlite3.DatabaseError as error:
            raise (NothingStored() if _kind(error) in _WRITE_REFUSED else self._told(error)) from error

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Run *look* in one call with all queued queries, or a long one (*is_long*) on a thread of its own."""
        try:
            return await (self._search(look) if is_long else self._queries.do(look))
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    async def _search(self, look: Look[Made]) -> Made:
        searcher = await self._idle.get()
        try:
            return await searcher.run(lambda connection: look(SqliteReading(connection)))
        finally:
            self._idle.put_nowait(searcher)

    async def _rows(self, sql: str, values: Values = ()) -> list[Row]:
        return await self.read(lambda reading: reading.rows(sql, values))


def _kind(error: sqlite3.DatabaseError) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the higher bytes are the extended error code


def check_sqlite() -> None:
    """Raise `HostError` if this Python's SQLite is too old or lacks FTS5."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise HostError(
            f"SQLite {sqlite3.sqlite_version} is too old: Oneshot needs {'.'.join(map(str, OLDEST_SQLITE))} or later."
            " A newer Python brings one."
        )
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
    except sqlite3.OperationalError as error:
        raise HostError("This SQLite is built without FTS5, which Oneshot needs. A newer Python brings it.") from error
    finally:
        probe.close()
