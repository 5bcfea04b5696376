"""The connection that a process keeps to PostgreSQL while it runs: it holds the process's shards, and hears the others.

The locks are those of a session, so the server lets go of them when the process ends, however it ends. Locks of two
numbers are apart from those of one, which turns have: 1 is the bot as a whole, 3 a shard, 4 the number of shards.

Where a pooler lends the connection, they are those of a transaction that lasts as long: in it nothing is heard, and the
look once a minute has to do.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from itertools import chain, repeat
from typing import Any, TypeVar

import psycopg

from bot.domain.host import Shards
from bot.errors import HostError
from bot.store.engines.postgresql import (
    CHANNEL,
    RETURN_SECONDS,
    connect,
    is_lent,
    let_go,
    said,
    shown,
    unusable,
)
from bot.store.engines.postgresql_migrations import Connection

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
"""Between two looks whether what another process has is free."""

HEAR_SECONDS = 0.5
"""For which a thread waits for what others tell, before it looks whether the process stops."""

TAKEN = (
    "Shard {shard} is another process's already. Give each process SHARDS of its own, or stop the one that has it:"
    " two would answer everybody twice."
)
OTHER_COUNT = (
    "Processes with SHARD_COUNT={other} run on DATABASE {database}. Stop them all before you start one with {count}."
)

_OTHER_COUNTS = (
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = 4 AND objsubid = 2 AND objid <> %s"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

Made = TypeVar("Made")


class Session:
    """The connection. `session` is the way to get one."""

    def __init__(self, url: str, shards: Shards | None, refusal: str) -> None:
        self._url, self._shards, self._refusal = url, shards, refusal
        self._connection: Connection | None = None
        self._under_way: asyncio.Future[Any] | None = None
        self._taken: asyncio.Future[HostError] = asyncio.get_running_loop().create_future()

    async def take(self, seconds: float) -> None:
        """Connect, and take what is this process's; wait *seconds* for who has it. Raises `HostError` after that."""
        end = time.monotonic() + seconds
        while (refusal := await self._call(self._refused)) is not None:
            if time.monotonic() >= end:
                raise HostError(refusal)
            await asyncio.sleep(LOOK_SECONDS)

    async def hear(self, due: Callable[[], Awaitable[None]], back: Callable[[], Awaitable[None]]) -> None:
        """Call *due* when a process tells of something, *back* when a lost connection is there again; never returns."""
        while True:
            try:
                told = await self._call(self._told)
            except psycopg.OperationalError as error:
                await self._return(said(error))
                await back()
            else:
                if told:
                    await due()

    async def taken(self) -> HostError:
        """Wait until another process has what this one held, and return what to tell the host."""
        return await asyncio.shield(self._taken)

    async def close(self) -> None:
        """Let go of everything."""
        if self._under_way is not None:
            await asyncio.wait({self._under_way})
        if self._connection is not None:
            free = b"ROLLBACK" if is_lent(self._connection) else b"SELECT pg_advisory_unlock_all()"
            await asyncio.to_thread(let_go, self._connection, free)

    async def _call(self, function: Callable[[], Made]) -> Made:
        """Call *function* in a thread; where this is cancelled, `close` still waits for it."""
        self._under_way = called = asyncio.ensure_future(asyncio.to_thread(function))
        return await asyncio.shield(called)

    def _refused(self) -> str | None:
        """Take the locks, all or none; return what refuses them."""
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
            if not is_lent(self._connection):
                self._connection.execute(f"LISTEN {CHANNEL}".encode())
        lent = is_lent(self._connection)
        if lent:
            self._connection.execute(b"BEGIN")
        refusal = self._locked(self._connection, "xact_" if lent else "")
        if refusal is not None:
            self._connection.execute(b"ROLLBACK" if lent else b"SELECT pg_advisory_unlock_all()")
        return refusal

    def _locked(self, connection: Connection, of: str) -> str | None:
        def got(lock: str) -> bool:
            return bool(connection.execute(f"SELECT pg_try_advisory_{of}{lock}".encode()).fetchall()[0][0])

        refusal = self._refusal.format(database=shown(self._url))
        if self._shards is None:
            return None if got("lock(1, 1)") else refusal
        if not got("lock_shared(1, 1)") or not got(f"lock_shared(4, {self._shards.count})"):
            return refusal
        for (other,) in connection.execute(_OTHER_COUNTS, [self._shards.count]).fetchall():
            return OTHER_COUNT.format(other=other, count=self._shards.count, database=shown(self._url))
        for shard in self._shards.own:
            if not got(f"lock(3, {shard})"):
                return TAKEN.format(shard=shard)
        return None

    def _told(self) -> bool:
        assert self._connection is not None
        return bool(list(self._connection.notifies(timeout=HEAR_SECONDS, stop_after=1)))

    async def _return(self, why: str) -> None:
        """Take everything again. Where another has it for as long as the pauses grow, `taken` says so."""
        log.warning("The connection that holds this bot's place in the database is lost: %s", why)
        refusals = 0
        for pause in chain(RETURN_SECONDS, repeat(RETURN_SECONDS[-1])):
            await asyncio.sleep(pause)
            with suppress(psycopg.OperationalError):  # still away, which the store says in the log
                refusal = await self._call(self._refused)
                if refusal is None:
                    log.warning("The bot has its place in the database again")
                    return
                refusals += 1
                if refusals == len(RETURN_SECONDS) and not self._taken.done():
                    self._taken.set_result(HostError(refusal))


@asynccontextmanager
async def session(url: str, shards: Shards | None, refusal: str, seconds: float = 0.0) -> AsyncGenerator[Session]:
    """Hold the database at *url*, or these *shards* of its bot; wait *seconds* for who has them.

    Raises `HostError` after that, or where the server cannot be reached. *refusal* says that a whole bot has it.
    """
    held = Session(url, shards, refusal)
    try:
        try:
            await held.take(seconds)
        except psycopg.Error as error:
            raise await asyncio.to_thread(unusable, url, error) from None
        yield held
    finally:
        await held.close()
