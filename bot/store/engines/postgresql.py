"""PostgreSQL, for a bot with many processes: a pool of writing connections, and one of reading connections.

Each connection has a thread, on which a transaction runs as one call, as on SQLite. Since reads have a pool of their
own, they never wait for a transaction.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, Generic, LiteralString, Self, TypeVar, cast, get_args

import psycopg
from psycopg.adapt import Buffer, Dumper, Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import PGconn, Ping, TransactionStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumperUnknown

from bot.errors import AlreadyDone, DatabaseAway, HostError, NothingStored, ServerAway
from bot.store.engines import Change, Look, Row, Task, Turn, TurnKind, Value, Values
from bot.store.engines.postgresql_migrations import STEPS, Connection, migrate, steps_lacking
from bot.store.engines.postgresql_search import TSVECTOR
from bot.store.migrations import Step

log = logging.getLogger(__name__)

OLDEST_POSTGRESQL = 15

WRITERS = 4
READERS = 4

STATEMENT_SECONDS = 5
"""Timeout of a statement, in seconds. Transactions that may write a whole story have none (see `_is_long`)."""

PAUSES = (0.05, 0.3, 1.0)
"""Pauses before retries of a failed transaction, in seconds. Discord allows three seconds for an answer."""

AWAY_SECONDS = 1.5
"""Maximum seconds for which a call waits for an unreachable server. Discord allows three for an answer."""

RETURN_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between attempts to reach the server again; the last value repeats."""

CONNECT_SECONDS = 2
"""Timeout of connecting, in seconds; libpq accepts no less."""

CHANNEL = "oneshot"
"""NOTIFY channel on which processes wake each other."""

Made = TypeVar("Made")

_SPECIAL = re.compile(
    r"(?P<text>'(?:[^']|'')*')|(?P<comment>--[^\n]*)|::|:(?P<name>[A-Za-z_]\w*)|(?P<place>\?)|(?P<percent>%)"
    r"|\bCROSS (?=JOIN\b)"
)


@lru_cache(4096)
def translated(sql: str) -> bytes:
    """Return *sql* with psycopg's placeholders for ``:name`` and ``?``, and with JOIN for SQLite's CROSS JOIN."""

    def special(found: re.Match[str]) -> str:
        if found["name"]:
            return f"%({found['name']})s"
        if found["place"]:
            return "%s"
        return "" if found[0].startswith("CROSS") else found[0].replace("%", "%%")

    return _SPECIAL.sub(special, sql).encode()


class _TextDumper(StrDumperUnknown):
    """Removes NUL characters, which PostgreSQL's type text does not allow."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", ""))


class _TruthDumper(Dumper):
    """Sends booleans as integers, as SQLite does."""

    oid = Int8Dumper.oid

    def dump(self, obj: bool) -> Buffer | None:
        return b"1" if obj else b"0"


class _NumericLoader(Loader):
    """Loads a numeric, such as a sum of integers, as an int, or as a float if it has decimals."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return float(text) if b"." in text else int(text)


class _Row(tuple[Any, ...]):
    """A row with values by column name or index."""

    __slots__ = ()
    places: Mapping[str, int] = {}

    def __getitem__(self, key: Any, /) -> Any:
        return tuple[Any, ...].__getitem__(self, self.places[key] if isinstance(key, str) else key)

    def keys(self) -> Iterable[str]:
        return self.places.keys()


@lru_cache(1024)
def _row_type(names: tuple[str, ...]) -> Callable[[Sequence[Any]], Row]:
    places = {name: len(names) - 1 - i for i, name in enumerate(reversed(names))}  # of equal names, the first wins
    return cast(Callable[[Sequence[Any]], Row], type("_Found", (_Row,), {"__slots__": (), "places": places}))


def _rows_by_name(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Row]:
    return _row_type(tuple(column.name for column in cursor.description or ()))


_KINDS: tuple[TurnKind, ...] = get_args(TurnKind)

_EVERYTHING = 0
"""Key of the lock on the whole database."""


def _lock(turn: Turn) -> int:
    """Return the key of an advisory lock, a signed 64-bit integer. Two locks with one key only wait needlessly."""
    number = turn.number * 16 + _KINDS.index(turn.kind) + 1
    return (number + 2**63) % 2**64 - 2**63


def _begin_statement(connection: Connection, turns: Sequence[Turn]) -> str:
    """Return SQL that begins a transaction and takes the locks *turns*; if empty, that on the whole database."""
    settings = f"{_settings('SET LOCAL')}; " if is_pooled(connection) else ""
    return f"BEGIN; {settings}{_locks(turns)}"


def _settings(how: str) -> str:
    return f"{how} statement_timeout = '{STATEMENT_SECONDS}s'; {how} jit = off; {how} client_min_messages = warning"


def _locks(turns: Sequence[Turn]) -> str:
    patience = "SET LOCAL statement_timeout = 0; " if _is_long(turns) else ""
    if not turns:
        return f"{patience}SELECT pg_advisory_xact_lock({_EVERYTHING})"
    ordered = sorted(turns, key=lambda turn: (_KINDS.index(turn.kind), turn.number))
    return "; ".join((f"{patience}SELECT pg_advisory_xact_lock_shared({_EVERYTHING})", *map(_lock_statement, ordered)))


def _is_long(turns: Sequence[Turn]) -> bool:
    """Return whether *turns* allow a change of a whole story, such as an upload, or of the whole database."""
    return not turns or any(turn.is_alone and turn.kind in ("library", "story") for turn in turns)


def _lock_statement(turn: Turn) -> str:
    """Return the statement that takes the lock *turn*, or a lock on each id that the query of *turn* finds."""
    lock = f"pg_advisory_xact_lock{'' if turn.is_alone else '_shared'}"
    if not turn.found_by:
        return f"SELECT {lock}({_lock(turn)})"
    found = turn.found_by.replace(":number", str(turn.number))
    return f"SELECT {lock}(number * 16 + {_KINDS.index(turn.kind) + 1}) FROM ({found}) AS found (number)"


class PostgresqlReading:
    """Queries on committed rows, on a connection's thread."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds."""
        return self._connection.execute(translated(sql), values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds, or None."""
        return self._connection.execute(translated(sql), values).fetchone()


class PostgresqlWriting:
    """A transaction, on a connection's thread. It begins at the first lock or statement."""

    __slots__ = ("_connection", "_cursor", "_has_begun")

    search = TSVECTOR

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._has_begun = False

    def take(self, *turns: Turn) -> None:
        """Take the locks *turns*, in the order of their kinds and numbers, before the first statement."""
        if self._has_begun:
            raise RuntimeError("turns are taken before the first statement")
        self._begin(turns)

    def take_everything(self) -> None:
        """Lock the whole database, before the first statement."""
        self.take()

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement; return the number of changed rows."""
        return self._run(sql, values).rowcount

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds or returns, including this transaction's changes."""
        return self._run(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds or returns, or None."""
        return self._run(sql, values).fetchone()

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Run a statement once with each of *values*."""
        if not self._has_begun:
            self._begin(())
        self._cursor.executemany(translated(sql), values)

    def keep_ids(self, table: str, last: int) -> None:
        """Make new rows of *table* get ids greater than *last*."""
        self.rows(
            "SELECT setval(CAST(sequence AS regclass), :last) FROM pg_get_serial_sequence(:table, 'id') AS sequence",
            {"table": table, "last": last},
        )

    def end(self, how: LiteralString) -> None:
        """End the transaction by ``COMMIT`` or ``ROLLBACK``."""
        if self._has_begun:
            self._connection.execute(how)

    def _run(self, sql: str, values: Values) -> psycopg.Cursor[Row]:
        if not self._has_begun:
            self._begin(())
        return self._cursor.execute(translated(sql), values)

    def _begin(self, turns: Sequence[Turn]) -> None:
        self._has_begun = True
        self._connection.execute(_begin_statement(self._connection, turns).encode())


class _Unreachable(Exception):
    """The server cannot be reached."""


class _ConnectionLost(Exception):
    """The connection was lost; the transaction may be retried."""


_WriteRefused = (psycopg.errors.DiskFull, psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.IoError)
_Conflict = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


class _Presence:
    """Whether the server can be reached. If not, one task tries to reconnect, with a log line for each attempt."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._there = asyncio.Event()
        self._there.set()
        self._reconnecting: asyncio.Task[None] | None = None

    @property
    def is_there(self) -> bool:
        return self._there.is_set()

    async def wait(self, seconds: float) -> None:
        """Wait until the server can be reached. Raises `DatabaseAway` after *seconds*."""
        if self.is_there:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._there.wait()
        except TimeoutError:
            raise DatabaseAway from None

    def lose(self, why: str) -> None:
        """Mark the server as unreachable, and start to reconnect."""
        if self.is_there:
            self._there.clear()
            self._reconnecting = asyncio.create_task(self._reconnect(why))

    async def _reconnect(self, why: str) -> None:
        for pause in chain(RETURN_SECONDS, repeat(RETURN_SECONDS[-1])):
            log.warning("PostgreSQL is away: %s. Trying again in %g s", why, pause)
            await asyncio.sleep(pause)
            try:
                (await asyncio.to_thread(connect, self._url)).close()
                break
            except psycopg.OperationalError as error:
                why = message_of(error)
        log.warning("PostgreSQL is back")
        self._there.set()

    async def close(self) -> None:
        """Stop reconnecting."""
        if self._reconnecting is not None:
            self._reconnecting.cancel()
            await asyncio.wait({self._reconnecting})


class _Pool:
    """A pool of threads. Each opens a connection of its own on first use."""

    def __init__(self, url: str, size: int, settings: str, presence: _Presence) -> None:
        self._url = url
        self._settings = settings
        self._presence = presence
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="postgresql")
        self._own = threading.local()
        self._open: set[Connection] = set()

    async def run(self, function: Callable[[Connection], Made]) -> Made:
        """Call *function* on a free thread of the pool, with that thread's connection.

        Retries after a deadlock or a lost connection. Raises `DatabaseAway` if the server stays unreachable or a
        statement times out, and psycopg's error if the last retry ends in a deadlock, too.
        """
        loop = asyncio.get_running_loop()
        for pause in (*PAUSES, None):
            await self._presence.wait(AWAY_SECONDS)
            try:
                return await loop.run_in_executor(self._threads, self._run_once, function)
            except psycopg.errors.QueryCanceled as error:
                raise DatabaseAway(is_busy=True) from error
            except _Unreachable as error:
                self._presence.lose(str(error))
                continue
            except (_ConnectionLost, *_Conflict) as error:
                if pause is None:
                    if isinstance(error, _ConnectionLost):
                        break
                    raise
                await asyncio.sleep(pause)
        raise DatabaseAway

    def _run_once(self, function: Callable[[Connection], Made]) -> Made:
        try:
            connection = self._connection()
        except psycopg.OperationalError as error:
            raise _Unreachable(message_of(error)) from None
        try:
            return function(connection)
        except psycopg.OperationalError as error:
            if connection.closed:
                raise _ConnectionLost(message_of(error)) from error
            raise

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None or connection.closed:
            if not self._presence.is_there:
                raise psycopg.OperationalError("it was away a moment ago")
            if connection is not None:
                self._open.discard(connection)
            connection = self._own.connection = connect(self._url)
            if not is_pooled(connection):
                connection.execute(self._settings.encode())
            self._open.add(connection)
        return connection

    async def close(self) -> None:
        """Wait for running calls, then close all connections."""
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._open:
            connection.close()


def connect(url: str) -> Connection:
    """Connect to the database at *url*, in autocommit mode."""
    connection = cast(
        Connection,
        psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            tcp_user_timeout=STATEMENT_SECONDS * 1000,  # detect a server that has vanished
            application_name="oneshot",  # shown in pg_stat_activity
            row_factory=cast(Any, _rows_by_name),
        ),
    )
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.adapters.register_dumper(bool, _TruthDumper)
    connection.adapters.register_dumper(str, _TextDumper)
    connection.adapters.register_loader("numeric", _NumericLoader)
    if connection.info.backend_pid != connection.execute("SELECT pg_backend_pid() AS process").fetchall()[0][0]:
        connection.prepare_threshold = None  # the pid is a pooler's, which lends connections by transaction
    return connection


def release(connection: Connection, statement: bytes = b"ROLLBACK") -> None:
    """Release a connection's locks by *statement*, then close it. On closing alone, the server releases them later."""
    if connection.info.transaction_status != TransactionStatus.ACTIVE:  # else it still waits for its locks
        with suppress(psycopg.Error):  # a lost connection holds no locks
            connection.execute(statement)
    connection.close()


def is_pooled(connection: Connection) -> bool:
    """Return whether the connection is lent by a pooler, whose other clients would get its settings, too."""
    return connection.prepare_threshold is None


def shown(url: str) -> str:
    """Return *url* without secrets, for messages to the host."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # its message may contain the whole address
        return "postgresql://…"
    host = parts.get("host") or "localhost"
    return f"postgresql://{host}/{parts.get('dbname') or ''}"


class _Attempt(Generic[Made]):
    """A change that is retried after a lost connection.

    If the connection is lost during a commit, the result is kept, and returned if a retry finds the change made.
    """

    def __init__(self, change: Change[Made], *, is_once: bool) -> None:
        self._change = change
        self._is_once = is_once
        self._in_doubt: list[Made] = []

    def __call__(self, connection: Connection) -> Made:
        writing = PostgresqlWriting(connection)
        try:
            made = self._change(writing)
        except BaseException as error:
            with suppress(psycopg.OperationalError):  # the connection is lost, which rolls back
                writing.end("ROLLBACK")
            if self._in_doubt and isinstance(error, AlreadyDone):
                return self._in_doubt[0]
            raise
        try:
            writing.end("COMMIT")
        except psycopg.OperationalError as error:
            if not self._is_once:
                raise DatabaseAway from error
            self._in_doubt.append(made)
            raise
        return made


class Postgresql:
    """The open database, made by `Postgresql.open`."""

    search = TSVECTOR

    def __init__(self, url: str, readers: _Pool, writers: _Pool) -> None:
        self._url = url
        self.readers = readers
        self.writers = writers

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, now: int) -> AsyncGenerator[Self]:
        """Connect to the database at *url*, migrate it if necessary, and disconnect on exit.

        Raises `HostError` if it cannot be reached or this version cannot use it.
        """
        settings = _settings("SET")
        presence = _Presence(url)
        readers = _Pool(url, READERS, f"{settings}; SET default_transaction_read_only = on", presence)
        writers = _Pool(url, WRITERS, settings, presence)
        try:
            await asyncio.to_thread(bring_up_to_date, url, now)
            yield cls(url, readers, writers)
        finally:
            await presence.close()
            await readers.close()
            await writers.close()

    @asynccontextmanager
    async def only(self, task: Task, *, waits: bool = True) -> AsyncGenerator[bool]:
        """Hold the lock of *task*; yield whether this process got it. If *waits*, wait until it is free.

        A transaction on a separate connection holds the lock, so this works through a pooler, too.
        """
        lock = f"2, {get_args(Task).index(task)}"
        try:
            connection = await asyncio.to_thread(connect, self._url)
            try:
                connection.execute(b"BEGIN")
                if waits:
                    await asyncio.to_thread(connection.execute, f"SELECT pg_advisory_xact_lock({lock})".encode())
                    yield True
                else:
                    attempt = f"SELECT pg_try_advisory_xact_lock({lock})".encode()
                    yield bool(connection.execute(attempt).fetchall()[0][0])
            finally:
                await asyncio.to_thread(release, connection)
        except psycopg.OperationalError as error:
            raise await asyncio.to_thread(host_error, self._url, error) from None

    async def tell(self) -> None:
        """Wake the background tasks of all processes, since work may be due."""
        await self._rows(f"SELECT pg_notify('{CHANNEL}', '')")

    async def damage(self) -> HostError:
        """Wait forever: PostgreSQL itself reports damage."""
        return await asyncio.get_running_loop().create_future()

    async def columns(self, table: str) -> list[str]:
        """Return the column names of *table*."""
        found = await self._rows(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = :table ORDER BY ordinal_position",
            {"table": table},
        )
        return [row[0] for row in found]

    async def primary_key(self, table: str) -> list[str]:
        """Return the columns of the primary key of *table*, in its order."""
        found = await self._rows(
            "SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (number, place), pg_attribute a"
            " WHERE i.indisprimary AND i.indrelid = to_regclass(:table) AND a.attrelid = i.indrelid"
            " AND a.attnum = k.number ORDER BY k.place",
            {"table": table},
        )
        return [row[0] for row in found]

    async def last_ids(self) -> dict[str, int]:
        """Return the last id that was given to a row, for each table that never reuses ids."""
        found = await self._rows(
            "SELECT replace(sequencename, '_id_seq', '') AS name, last_value FROM pg_sequences"
            " WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        return {row["name"]: row["last_value"] for row in found}

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Return the result of *look*. *is_long* has no effect, since there are several connections."""
        return await self.readers.run(lambda connection: look(PostgresqlReading(connection)))

    async def _rows(self, sql: str, values: Values = ()) -> list[Row]:
        return await self.read(lambda reading: reading.rows(sql, values))

    async def write(self, change: Change[Made], *, is_once: bool = False) -> Made:
        """Run *change* in a transaction; return its result after the commit. An exception rolls it back.

        If the connection is lost during a commit, a change with *is_once* is retried to learn whether it was made; for
        any other change this raises `DatabaseAway`.
        """
        try:
            return await self.writers.run(_Attempt(change, is_once=is_once))
        except _WriteRefused as error:
            raise NothingStored from error


@contextmanager
def looking_at_server(url: str) -> Generator[Callable[[str, Mapping[str, Value]], list[Row]]]:
    """Provide queries on the database, without migrating it. Raises `HostError` if it cannot be read."""
    try:
        with connect(url) as connection:
            yield lambda sql, values: connection.execute(translated(sql), values).fetchall()
    except psycopg.Error as error:
        raise HostError(f"DATABASE {shown(url)} cannot be read: {message_of(error)}") from None


def change_at_server(url: str, statements: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
    """Run *statements* in one transaction, without opening the store. Raises `HostError` if a statement fails."""
    try:
        with connect(url) as connection, connection.transaction():
            for sql, values in statements:
                connection.execute(translated(sql), values)
    except psycopg.Error as error:
        raise HostError(f"DATABASE {shown(url)} cannot be written to: {message_of(error)}") from None


def bring_up_to_date(url: str, now: int, steps: Sequence[Step] = STEPS, *, contracting: bool = False) -> Sequence[Step]:
    """Run the missing migrations of the database at *url*, and return them (see `migrate`).

    Raises `HostError` if this version cannot use it.
    """
    try:
        with connect(url) as connection:
            major = connection.info.server_version // 10_000
            if major < OLDEST_POSTGRESQL:
                raise HostError(f"PostgreSQL {major} is too old: Oneshot needs {OLDEST_POSTGRESQL} or later.")
            return migrate(connection, shown(url), now, steps, contracting=contracting)
    except psycopg.Error as error:
        raise host_error(url, error) from None


def lacking(url: str) -> Sequence[Step]:
    """Return the missing migrations of the database at *url*. Raises `HostError` if it cannot be read."""
    try:
        with connect(url) as connection:
            return steps_lacking(connection, shown(url))
    except psycopg.Error as error:
        raise HostError(f"DATABASE {shown(url)} cannot be read: {message_of(error)}") from None


def host_error(url: str, error: psycopg.Error) -> HostError:
    """Return an error for the host: `ServerAway` if a later try may succeed, which may take a ping to find out."""
    words = f"DATABASE {shown(url)} cannot be used: {message_of(error)}"
    return ServerAway(words) if _is_temporary(url, error) else HostError(words)


def _is_temporary(url: str, error: psycopg.Error) -> bool:
    if error.sqlstate is not None:  # from an established connection
        return error.sqlstate.startswith(("08", "53300", "57P"))
    if not isinstance(error, psycopg.OperationalError) or _WRONG_CERTIFICATE.search(str(error)):
        return False
    if error.pgconn is None or isinstance(error, psycopg.errors.ConnectionTimeout) or "too many" in str(error):
        return True  # lost connection, unresolved host, timeout, or too many connections
    # A refused connection has no error code here, and its text is in the server's language; a ping tells the state.
    state = PGconn.ping(make_conninfo(url, connect_timeout=CONNECT_SECONDS).encode())
    return state == Ping.REJECT or (state == Ping.NO_RESPONSE and "FATAL" not in str(error))


_WRONG_CERTIFICATE = re.compile("certificate|private key|but SSL was required")
"""Words in libpq's errors about certificates, which are in English. Such errors are permanent."""


def message_of(error: psycopg.Error) -> str:
    """Return the message of *error* on one line."""
    return " ".join(str(error).split()) or type(error).__name__
