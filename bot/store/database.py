"""The open database, and the base class of the store's parts. An engine (`bot.store.engines`) runs the statements.

A transaction is one plain function (`transaction`), which runs on a thread of the engine.

The store's SQL works on every engine: named parameters, ON CONFLICT with a target, no boolean used as a number. SQL for
one engine belongs in `bot.store.engines`; ``tests/store/test_portable_sql.py`` rejects it elsewhere.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import copy_context
from functools import partial, wraps
from pathlib import Path
from types import CoroutineType
from typing import Any, Concatenate, Generic, Literal, ParamSpec, Self, TypeVar

from bot.domain.host import ALL_SHARDS, Shards
from bot.domain.settings import UPLOADS_MEGABYTES
from bot.errors import HostError, NothingStored
from bot.store.done_interactions import checked_once
from bot.store.engines import ONE_STATEMENT, Change, Engine, Look, Reading, Row, TextSearch, Value, Values, Writing
from bot.store.engines.sqlite import Sqlite

log = logging.getLogger(__name__)

FULL_LOG_SECONDS = 60
"""Minimum seconds between two log lines about failed writes, since the log may be on the same full disk."""

IN_ORDER = "CROSS JOIN"
"""A join that SQLite runs in written order; for f-strings: ``FROM a {IN_ORDER} b ON …``."""


def named_list(name: str, values: Sequence[Value]) -> tuple[str, dict[str, Value]]:
    """Return the SQL of a list of parameters, for ``x IN {list}``, and their values by name.

    ``named_list("story", [7, 8])`` is ``("(:story0, :story1)", {"story0": 7, "story1": 8})``. An empty list is
    ``(NULL)``, which matches nothing. With ``NOT IN`` it matches nothing either, so do not pass an empty list there.
    """
    named = {f"{name}{number}": value for number, value in enumerate(values)}
    return f"({', '.join(f':{each}' for each in named) or 'NULL'})", named


Access = Literal["read", "write"]

Made = TypeVar("Made")
Given = ParamSpec("Given")


class Database:
    """An open database, made by `Database.open`."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time, shards: Shards = ALL_SHARDS) -> None:
        self.engine = engine
        self.shards = shards
        """The shards of this process."""
        self.clock = clock
        """The bot's only clock: returns epoch seconds."""
        self.timed: Callable[[Access, float], None] | None = None
        """Callback for metrics, called after each read and write with its duration in seconds."""
        self.uploads_megabytes = UPLOADS_MEGABYTES
        """Maximum size of all servers' uploads together, in megabytes."""
        self.file: Path | None = None
        """Path of the SQLite file; None for a database on a server."""
        self.is_nearly_full = False
        """Whether the last upload was refused for lack of disk space; so the host is warned only once."""
        self._moment = 0
        self._full_logged_at = float("-inf")
        """Time of the last log line about a failed write."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, where: Path | str, clock: Callable[[], float] = time.time, shards: Shards = ALL_SHARDS
    ) -> AsyncGenerator[Self]:
        """Open the SQLite file or server address *where*, and close it on exit.

        Creates and migrates the database if necessary. Raises `HostError` if this version cannot use it.
        """
        async with _open(where, int(clock())) as engine:
            database = cls(engine, clock, shards)
            database.file = where if isinstance(where, Path) else None
            yield database

    @property
    def search(self) -> TextSearch:
        """The engine's full-text search."""
        return self.engine.search

    def own(self, column: str) -> str:
        """Return an SQL condition that is true if this process serves the server whose id is in *column*."""
        if self.shards.are_all:
            return "TRUE"
        return f"(({column} >> 22) % {self.shards.count}) IN ({', '.join(map(str, self.shards.own))})"

    def now(self) -> int:
        """Return the time in whole epoch seconds."""
        return int(self.clock())

    def moment(self) -> int:
        """Return the time in epoch nanoseconds, greater at each call, to order events."""
        self._moment = max(int(self.clock() * 1e9), self._moment + 1)
        return self._moment

    async def damage(self) -> HostError:
        """Wait until a statement finds the database damaged; return an error for the host."""
        return await self.engine.damage()

    async def columns(self, table: str) -> list[str]:
        """Return the column names of *table*."""
        return await self.engine.columns(table)

    async def write(self, change: Change[Made]) -> Made:
        """Run *change* in a transaction; return its result after the commit. An exception rolls it back.

        Raises `AlreadyDone` if the current interaction made this change before, and `NothingStored` if the disk is
        full or read-only.
        """
        once = checked_once(change, self.now())
        in_context = partial(copy_context().run, once)  # so that log lines of *change* have the interaction's reference
        return await self.write_once(in_context, is_once=once is not change)

    async def write_once(self, change: Change[Made], *, is_once: bool) -> Made:
        """Run *change* as `write` does, but without its check for repeated interactions.

        *is_once* means that *change* makes this check itself.
        """
        begun = time.perf_counter()
        try:
            made = await self.engine.write(change, is_once=is_once)
        except NothingStored as error:
            self._log_full(error)
            raise
        self._report_duration("write", begun)
        return made

    def _log_full(self, error: NothingStored) -> None:
        if abs(self.clock() - self._full_logged_at) >= FULL_LOG_SECONDS:  # abs: the clock may be set back
            self._full_logged_at = self.clock()
            why = " ".join(str(error.__cause__).split())
            log.error("Nothing can be stored: %s. Readers can read on; their places are not kept", why)

    async def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement in a transaction of its own; return the number of changed rows.

        The statement is atomic by itself, so the only lock of `take` that it waits for is that on the whole database.
        """

        def change(writing: Writing) -> int:
            writing.take(ONE_STATEMENT)
            return writing.execute(sql, values)

        return await self.write(change)

    async def changed(self, sql: str, values: Values = ()) -> list[Row]:
        """Run one statement with RETURNING in a transaction of its own; return its rows."""

        def change(writing: Writing) -> list[Row]:
            writing.take(ONE_STATEMENT)
            return writing.rows(sql, values)

        return await self.write(change)

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Run the query function *look* on committed rows. A long query (*is_long*) delays no others."""
        begun = time.perf_counter()
        found = await self.engine.read(look, is_long=is_long)
        self._report_duration("read", begun)
        return found

    async def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all committed rows that *sql* finds."""
        return await self.read(lambda reading: reading.rows(sql, values))

    def _report_duration(self, access: Access, begun: float) -> None:
        if self.timed is not None:
            self.timed(access, time.perf_counter() - begun)

    async def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first committed row that *sql* finds, or None."""
        rows = await self.rows(sql, values)
        return rows[0] if rows else None

    async def number(self, sql: str, values: Values = ()) -> int:
        """Return the integer in the first column of the first row that *sql* finds, or 0."""
        row = await self.row(sql, values)
        return int(row[0] or 0) if row else 0


def _open(where: Path | str, now: int) -> AbstractAsyncContextManager[Engine]:
    if isinstance(where, Path):
        return Sqlite.open(where, now)
    from bot.store.engines.postgresql import Postgresql  # its driver is an extra

    return Postgresql.open(where, now)


class Family:
    """Base class of the store's parts, such as `Ballots` or `Drafts`."""

    def __init__(self, db: Database) -> None:
        self._db = db


Part = TypeVar("Part", bound=Family)


def transaction(
    change: Callable[Concatenate[Part, Writing, Given], Made],
) -> Callable[Concatenate[Part, Given], CoroutineType[Any, Any, Made]]:
    """Decorator: turn a plain function that runs in a transaction into an async method.

    Callers leave out the `Writing`. The method returns after the commit; an exception rolls the transaction back.
    """

    @wraps(change)
    async def method(self: Part, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        database = self._db  # pyright: ignore[reportPrivateUsage]  # this decorator belongs to Family
        return await database.write(lambda writing: change(self, writing, *args, **kwargs))

    return method


def lookup(look: Callable[Concatenate[Part, Reading, Given], Made]) -> _Lookup[Part, Given, Made]:
    """Decorator: turn a plain function that runs queries into an async method.

    The function runs as one call, on the thread of a reading connection. Callers leave out the `Reading`; those that
    already have one call the method's `within`.
    """
    return _Lookup(look)


class _Lookup(Generic[Part, Given, Made]):
    """Descriptor that binds a `lookup` function to its `Family`."""

    def __init__(self, look: Callable[Concatenate[Part, Reading, Given], Made]) -> None:
        self._look = look
        self.__doc__ = look.__doc__

    def __get__(self, part: Part, kind: type[Part]) -> _LookupOf[Part, Given, Made]:
        return _LookupOf(self._look, part)


class _LookupOf(Generic[Part, Given, Made]):
    """A `lookup` function bound to one `Family`."""

    __slots__ = ("_look", "_part")

    def __init__(self, look: Callable[Concatenate[Part, Reading, Given], Made], part: Part) -> None:
        self._look = look
        self._part = part

    async def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        database = self._part._db  # pyright: ignore[reportPrivateUsage]  # this decorator belongs to Family
        return await database.read(lambda reading: self._look(self._part, reading, *args, **kwargs))

    def within(self, reading: Reading, /, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """Run the function inside the caller's transaction or lookup."""
        return self._look(self._part, reading, *args, **kwargs)
