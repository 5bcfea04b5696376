"""The SQLite file: one connection that writes, and a few that only read.

A transaction runs on the writer's thread in one hop, and shares a commit with all others that wait then, each within a
savepoint of its own. On connections of their own those who read see no row before it is committed, and wait neither
for a story that is being loaded nor for a search of somebody else.
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
    "synchronous = FULL",  # what a reader was shown survives a power cut
    "foreign_keys = ON",
    "secure_delete = ON",  # overwrite what is deleted: not every build does
)
READING = ("query_only = ON",)
"""The pragmas of a connection."""

BUSY_SECONDS = 30
"""Seconds that one who writes waits for another process to end its transaction."""

SEARCHERS = 3
"""Connections for what may take long, each on a thread of its own: so many searches at once, and the next waits."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_TAKES_NOTHING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""What a change meets on a full disk, or on one that may not be written to or is broken."""

Made = TypeVar("Made")


class SqliteReading:
    """The committed rows, on a connection's thread."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds; in a transaction with what it changed, or what *sql* returns."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds or returns, or None."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None


class SqliteWriting(SqliteReading):
    """A transaction under way, on the writer's thread."""

    __slots__ = ()

    search = FTS5

    def take(self, *turns: Turn) -> None:
        """Do nothing: who writes is the only one."""

    def take_everything(self) -> None:
        """Do nothing: who writes is the only one."""

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement; return how many rows it changed."""
        cursor = self._connection.execute(sql, values)
        changed = cursor.rowcount
        cursor.close()
        return changed

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Run one statement for each of *values*."""
        self._connection.executemany(sql, values).close()

    def keep_ids(self, table: str, last: int) -> None:
        """Give no new row of *table* an id up to *last*."""
        values = {"table": table, "last": last}
        if not self.execute("UPDATE sqlite_sequence SET seq = :last WHERE name = :table", values):
            self.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT name, :last FROM sqlite_schema"
                " WHERE name = :table AND sql LIKE '%AUTOINCREMENT%'",
                values,
            )


@dataclass(slots=True, eq=False)
class _Waiting:
    """A change or a look that waits for its connection, and whoever waits for it."""

    act: Callable[[Any], Any]
    """Takes what the connection offers."""
    done: asyncio.Future[Any]
    made: object = None
    error: Exception | None = None

    def finish(self) -> None:
        """Hand over what was made: it is on disk now."""
        if self.error is not None:
            self.fail(self.error)
        elif not self.done.done():
            self.done.set_result(self.made)

    def fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


def _make_all(waiting: Sequence[_Waiting], connection: sqlite3.Connection) -> None:
    """Make all changes that wait, in one transaction; one that raises is undone alone."""
    writing = SqliteWriting(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for each in waiting:
            if each.done.done():  # nobody waits for it any more
                continue
            connection.execute("SAVEPOINT change")
            try:
                each.made = each.act(writing)
            except Exception as error:
                if not connection.in_transaction:  # a full disk ends it for all
                    raise
                each.error = error
                connection.execute("ROLLBACK TO change")
            connection.execute("RELEASE change")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _look_all(waiting: Sequence[_Waiting], connection: sqlite3.Connection) -> None:
    """Look up all that is waited for."""
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
    """A connection on whose thread all that waits is done in one hop."""

    def __init__(
        self, connection: _Connection, do_all: Callable[[Sequence[_Waiting], sqlite3.Connection], None]
    ) -> None:
        self._connection = connection
        self._do_all = do_all
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def do(self, act: Look[Made] | Change[Made]) -> Made:
        """Do *act* with all others that wait meanwhile; return what it makes once all of them are done."""
        waiting = _Waiting(act, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None:
            self._task = asyncio.create_task(self._work())
            self._task.add_done_callback(self._ended)
        try:
            return await waiting.done
        finally:
            if waiting in self._waiting:  # cancelled before it was begun
                self._waiting.remove(waiting)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                doing, self._waiting = self._waiting, []
                try:
                    await self._connection.run(partial(self._do, doing, loop))
                except Exception as error:  # it is closed
                    _fail_all(doing, error)
        finally:
            self._leave()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self._task is task:  # it was cancelled before it began, and ran nothing of `_work`
            self._leave()

    def _leave(self) -> None:
        """Let the next change begin anew; where the task was cancelled, nobody else begins with what waits."""
        self._task = None
        for each in self._waiting:
            each.done.cancel()

    def _do(self, doing: Sequence[_Waiting], loop: asyncio.AbstractEventLoop, connection: sqlite3.Connection) -> None:
        """Do all on the thread, which says itself what became of it: whoever waits hears it though the task is gone."""
        try:
            self._do_all(doing, connection)
        except Exception as error:
            loop.call_soon_threadsafe(_fail_all, doing, error)
        else:
            loop.call_soon_threadsafe(_finish_all, doing)


class _Connection(aiosqlite.Connection):
    """A connection that runs a whole function on its thread, and can wait for that thread."""

    async def run(self, function: Callable[[sqlite3.Connection], Made]) -> Made:
        """Call *function* on the thread: one hop, however many statements it makes."""
        return await self._execute(function, self._conn)  # pyright: ignore[reportUnknownMemberType]

    def join(self) -> None:
        """Wait until the thread has ended; it never waits for the loop."""
        if self._thread.is_alive():
            self._thread.join()


@asynccontextmanager
async def _connection(path: Path, *settings: str) -> AsyncGenerator[_Connection]:
    """A connection to the file at *path* with *settings*, pragmas, whose thread has ended on leaving.

    aiosqlite does not wait for the thread where the file cannot be opened. Such a thread may outlive the loop, and then
    it ends with a traceback beside the host's one sentence.
    """
    db = _Connection(partial(_connected, path, settings), iter_chunk_size=64)
    try:
        async with db:
            yield db
    finally:
        db.join()


def _connected(path: Path, settings: Sequence[str]) -> sqlite3.Connection:
    """Connect, on a thread that may wait. SQLite itself does not wait where two make a file's journal at once."""
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


def _for_its_owner(path: Path) -> None:
    """Make the file at *path* where there is none; only its owner reads it, and the files that SQLite adds to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for each in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))):
        with suppress(FileNotFoundError, PermissionError):  # another user's file is theirs to protect
            each.chmod(0o600)


class Sqlite:
    """The connections. `Sqlite.open` is the way to get one."""

    search = FTS5

    def __init__(self, writer: _Connection, reader: _Connection, searchers: Sequence[_Connection]) -> None:
        self.connections = (writer, reader, *searchers)
        self.writer = writer
        self._changes = _Shared(writer, _make_all)
        self._looks = _Shared(reader, _look_all)
        """Of what is over at once."""
        self._free = asyncio.LifoQueue[_Connection]()
        """The searchers that nobody uses; the one used last is taken first: it has statements and pages at hand."""
        for connection in self.connections:
            connection.row_factory = sqlite3.Row
        for searcher in searchers:
            self._free.put_nowait(searcher)
        self._damage: asyncio.Future[HostError] = asyncio.get_running_loop().create_future()

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, now: int) -> AsyncGenerator[Self]:
        """Open the file at *path*, make it or bring it up to date where needed, and close it on leaving.

        Raises `HostError` where SQLite is too old or this version cannot use the file.
        """
        check_sqlite()
        async with AsyncExitStack() as stack:
            try:
                await asyncio.to_thread(_for_its_owner, path)
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
        """Provide that this process alone does *task*: there is no other."""
        yield True

    async def tell(self) -> None:
        """Tell nobody: there is no other process."""

    async def damage(self) -> HostError:
        """Wait until some statement finds the file damaged; return what to tell the host."""
        return await asyncio.shield(self._damage)

    def _told(self, error: sqlite3.DatabaseError) -> Exception:
        """Return *error*, or what to tell the host where it says that the file is damaged."""
        if _kind(error) not in _DAMAGED:
            return error
        told = HostError(
            f"The database is damaged: {error}. Put your latest copy in its place, and remove its -wal and -shm."
        )
        if not self._damage.done():
            self._damage.set_result(told)
        return told

    async def columns(self, table: str) -> list[str]:
        """Return the names of the columns of *table*."""
        return [row["name"] for row in await self._rows(f"PRAGMA table_info({table})")]

    async def primary_key(self, table: str) -> list[str]:
        """Return the columns of the primary key of *table*, in its order."""
        sql = "SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk"
        return [row["name"] for row in await self._rows(sql, {"table": table})]

    async def last_ids(self) -> dict[str, int]:
        """Return the last id that each table gave, of those that use none again."""
        return {row["name"]: row["seq"] for row in await self._rows("SELECT name, seq FROM sqlite_sequence")}

    async def write(self, change: Change[Made], *, is_once: bool = False) -> Made:
        """Make *change* in one transaction with all others that wait meanwhile; return once it is on disk.

        So hundreds who vote in the same moment wait for a few syncs to disk, and not for one each. A change that raises
        has changed nothing; the others land all the same.
        """
        try:
            return await self._changes.do(change)
        except sqlite3.DatabaseError as error:
            raise (NothingStored() if _kind(error) in _TAKES_NOTHING else self._told(error)) from error

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Return what *look* finds, in one hop with all others that look meanwhile; a long look has its own thread."""
        try:
            return await (self._search(look) if is_long else self._looks.do(look))
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    async def _search(self, look: Look[Made]) -> Made:
        searcher = await self._free.get()
        try:
            return await searcher.run(lambda connection: look(SqliteReading(connection)))
        finally:
            self._free.put_nowait(searcher)

    async def _rows(self, sql: str, values: Values = ()) -> list[Row]:
        return await self.read(lambda reading: reading.rows(sql, values))


def _kind(error: sqlite3.DatabaseError) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # above the lower byte stands what of it


def check_sqlite() -> None:
    """Raise `HostError` where the SQLite of this Python is too old, or lacks what the bot needs."""
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
