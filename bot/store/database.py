"""The database of the store, whatever engine keeps it: `bot.store.engines`.

A transaction is one plain function (`transaction`). It runs on a thread of the engine in one hop.

All SQL of the store is written for more than one engine: named parameters, ON CONFLICT with its target, no truth value
as a number. What only one understands stands in `bot.store.engines`; ``tests/store/test_portable_sql.py`` refuses it
elsewhere.
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
from bot.store.done_interactions import made_once
from bot.store.engines import ONE_STATEMENT, Change, Engine, Look, Reading, Row, TextSearch, Value, Values, Writing
from bot.store.engines.sqlite import Sqlite

log = logging.getLogger(__name__)

TOLD_SECONDS = 60
"""Seconds between two lines in the log that say that nothing can be stored: the log may be on the same full disk."""

IN_ORDER = "CROSS JOIN"
"""A join that SQLite makes in the order in which it is written; use it in an f-string: ``FROM a {IN_ORDER} b ON …``."""


def named_list(name: str, values: Sequence[Value]) -> tuple[str, dict[str, Value]]:
    """Return the SQL of a list of parameters, for ``x IN {list}``, and their values by name.

    ``named_list("story", [7, 8])`` is ``("(:story0, :story1)", {"story0": 7, "story1": 8})``. An empty list is
    ``(NULL)``, which holds for no value: it does for ``IN``, not for ``NOT IN``.
    """
    named = {f"{name}{number}": value for number, value in enumerate(values)}
    return f"({', '.join(f':{each}' for each in named) or 'NULL'})", named


Access = Literal["read", "write"]

Made = TypeVar("Made")
Given = ParamSpec("Given")


class Database:
    """A database that is open. `Database.open` is the way to get one."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time, shards: Shards = ALL_SHARDS) -> None:
        self.engine = engine
        self.shards = shards
        """Of this process."""
        self.clock = clock
        """Seconds since 1970: the one clock of the bot."""
        self.timed: Callable[[Access, float], None] | None = None
        """Is told of each read and write that was answered, and in how many seconds."""
        self.uploads_megabytes = UPLOADS_MEGABYTES
        """The most that the uploads of all servers may take."""
        self.file: Path | None = None
        """None: it is on a server."""
        self.is_nearly_full = False
        """Whether uploads wait for room on the disk, as the host was told."""
        self._moment = 0
        self._told_full = float("-inf")
        """When the log last said that nothing can be stored."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, where: Path | str, clock: Callable[[], float] = time.time, shards: Shards = ALL_SHARDS
    ) -> AsyncGenerator[Self]:
        """Open the file at *where*, or the server's database whose address it is, and close it on leaving.

        It is made or brought up to date where needed. Raises `HostError` where this version cannot use it.
        """
        async with _open(where, int(clock())) as engine:
            database = cls(engine, clock, shards)
            database.file = where if isinstance(where, Path) else None
            yield database

    @property
    def search(self) -> TextSearch:
        """How the indexes of words are asked."""
        return self.engine.search

    def own(self, column: str) -> str:
        """Return the condition that a server, whose id is in *column*, is one of this process: its work is due here."""
        if self.shards.are_all:
            return "TRUE"
        return f"(({column} >> 22) % {self.shards.count}) IN ({', '.join(map(str, self.shards.own))})"

    def now(self) -> int:
        """Return whole seconds since 1970."""
        return int(self.clock())

    def moment(self) -> int:
        """Return nanoseconds since 1970, more at each call: of two turns the later one has the greater."""
        self._moment = max(int(self.clock() * 1e9), self._moment + 1)
        return self._moment

    async def damage(self) -> HostError:
        """Wait until some statement finds the database damaged; return what to tell the host."""
        return await self.engine.damage()

    async def columns(self, table: str) -> list[str]:
        """Return the names of the columns of *table*."""
        return await self.engine.columns(table)

    async def write(self, change: Change[Made]) -> Made:
        """Make *change* in a transaction; return once it is on disk. One that raises has changed nothing.

        Raises `AlreadyDone` where it is made for an interaction that came before, and `NothingStored`.
        """
        once = made_once(change, self.now())
        in_context = partial(copy_context().run, once)  # so that what it logs bears the interaction's reference
        return await self.write_once(in_context, is_once=once is not change)

    async def write_once(self, change: Change[Made], *, is_once: bool) -> Made:
        """Make *change* as `write` does; where it *is_once*, it keeps by itself for which interactions it is made."""
        begun = time.perf_counter()
        try:
            made = await self.engine.write(change, is_once=is_once)
        except NothingStored as error:
            self._tell_full(error)
            raise
        self._tell("write", begun)
        return made

    def _tell_full(self, error: NothingStored) -> None:
        if abs(self.clock() - self._told_full) >= TOLD_SECONDS:  # also where the clock was set back
            self._told_full = self.clock()
            why = " ".join(str(error.__cause__).split())
            log.error("Nothing can be stored: %s. Readers can read on; their places are not kept", why)

    async def execute(self, sql: str, values: Values = ()) -> int:
        """Make one change in a transaction of its own; return how many rows it changed.

        One statement changes all or nothing, whoever else writes; it waits for those only who have the database alone.
        """

        def change(writing: Writing) -> int:
            writing.take(ONE_STATEMENT)
            return writing.execute(sql, values)

        return await self.write(change)

    async def changed(self, sql: str, values: Values = ()) -> list[Row]:
        """Make one change in a transaction of its own; return the rows that it returns."""

        def change(writing: Writing) -> list[Row]:
            writing.take(ONE_STATEMENT)
            return writing.rows(sql, values)

        return await self.write(change)

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Return what *look* finds among the committed rows; for one that *is_long*, as a search, nobody waits."""
        begun = time.perf_counter()
        found = await self.engine.read(look, is_long=is_long)
        self._tell("read", begun)
        return found

    async def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all committed rows that *sql* finds."""
        return await self.read(lambda reading: reading.rows(sql, values))

    def _tell(self, access: Access, begun: float) -> None:
        if self.timed is not None:
            self.timed(access, time.perf_counter() - begun)

    async def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first committed row that *sql* finds, or None."""
        rows = await self.rows(sql, values)
        return rows[0] if rows else None

    async def number(self, sql: str, values: Values = ()) -> int:
        """The whole number in the first column of the first row that *sql* finds; 0 where it finds none."""
        row = await self.row(sql, values)
        return int(row[0] or 0) if row else 0


def _open(where: Path | str, now: int) -> AbstractAsyncContextManager[Engine]:
    if isinstance(where, Path):
        return Sqlite.open(where, now)
    from bot.store.engines.postgresql import Postgresql  # its driver is an extra

    return Postgresql.open(where, now)


class Family:
    """A part of the store: the methods of one noun."""

    def __init__(self, db: Database) -> None:
        self._db = db


Part = TypeVar("Part", bound=Family)


def transaction(
    change: Callable[Concatenate[Part, Writing, Given], Made],
) -> Callable[Concatenate[Part, Given], CoroutineType[Any, Any, Made]]:
    """Make a method that changes the database out of the plain function of its transaction.

    Who calls the method leaves out the `Writing`. The call returns once the change is on disk; one that raises has
    changed nothing.
    """

    @wraps(change)
    async def method(self: Part, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        database = self._db  # pyright: ignore[reportPrivateUsage]  # of a Family, for which this is made
        return await database.write(lambda writing: change(self, writing, *args, **kwargs))

    return method


def lookup(look: Callable[Concatenate[Part, Reading, Given], Made]) -> _Lookup[Part, Given, Made]:
    """Make a method that looks something up out of a plain function, however many statements it takes: one hop.

    Who calls the method leaves out the `Reading`; who has one already calls its `within` instead.
    """
    return _Lookup(look)


class _Lookup(Generic[Part, Given, Made]):
    """A method in the class of a part of the store."""

    def __init__(self, look: Callable[Concatenate[Part, Reading, Given], Made]) -> None:
        self._look = look
        self.__doc__ = look.__doc__

    def __get__(self, part: Part, kind: type[Part]) -> _LookupOf[Part, Given, Made]:
        return _LookupOf(self._look, part)


class _LookupOf(Generic[Part, Given, Made]):
    """The same method of one part of the store."""

    __slots__ = ("_look", "_part")

    def __init__(self, look: Callable[Concatenate[Part, Reading, Given], Made], part: Part) -> None:
        self._look = look
        self._part = part

    async def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        database = self._part._db  # pyright: ignore[reportPrivateUsage]  # of a Family, for which this is made
        return await database.read(lambda reading: self._look(self._part, reading, *args, **kwargs))

    def within(self, reading: Reading, /, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """Look it up with the statements before and after it: in a transaction, or in another lookup."""
        return self._look(self._part, reading, *args, **kwargs)
