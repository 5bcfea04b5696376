"""A process's permanent connection to PostgreSQL, which locks the process's shards and receives notifications.

The locks are session-level advisory locks, so the server releases them when the process ends. Each has two keys, unlike
the locks of `Turn`; the first is 1 for the whole bot, 3 for a shard and 4 for the number of shards.

Through a pooler, the locks belong to one endless transaction instead. Such a connection receives no notifications, so
the process relies on looking for work every minute (`bot.services.due_work`).
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
    host_error,
    is_pooled,
    message_of,
    release,
    shown,
)
from bot.store.engines.postgresql_migrations import Connection

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
"""Seconds between two attempts to get locks that another process holds."""

LISTEN_SECONDS = 0.5
"""Seconds for which a thread waits for notifications before it checks for shutdown."""

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
    """The permanent connection, made by `session`."""

    def __init__(self, url: str, shards: Shards | None, refusal: str) -> None:
        self._url, self._shards, self._refusal = url, shards, refusal
        self._connection: Connection | None = None
        self._running_call: asyncio.Future[Any] | None = None
        self._taken: asyncio.Future[HostError] = asyncio.get_running_loop().create_future()

    async def take(self, seconds: float) -> None:
        """Connect and take the locks. Raises `HostError` if another process still holds one of them after *seconds*."""
        end = time.monotonic() + seconds
        while (refusal := await self._call(self._take_locks)) is not None:
            if time.monotonic() >= end:
                raise HostError(refusal)
            await asyncio.sleep(LOOK_SECONDS)

    async def hear(self, due: Callable[[], Awaitable[None]], back: Callable[[], Awaitable[None]]) -> None:
        """Call *due* at each notification, and *back* after each reconnect. Never returns."""
        while True:
            try:
                told = await self._call(self._is_notified)
            except psycopg.OperationalError as error:
                await self._reconnect(message_of(error))
                await back()
            else:
                if told:
                    await due()

    async def taken(self) -> HostError:
        """Wait until another process has the locks, after they were lost with the connection; return an error."""
        return await asyncio.shield(self._taken)

    async def close(self) -> None:
        """Release the locks, and disconnect."""
        if self._running_call is not None:
            await asyncio.wait({self._running_call})
        if self._connection is not None:
            free = b"ROLLBACK" if is_pooled(self._connection) else b"SELECT pg_advisory_unlock_all()"
            await asyncio.to_thread(release, self._connection, free)

    async def _call(self, function: Callable[[], Made]) -> Made:
        """Call *function* in a thread. If the caller is cancelled, `close` still waits for the thread."""
        self._running_call = called = asyncio.ensure_future(asyncio.to_thread(function))
        return await asyncio.shield(called)

    def _take_locks(self) -> str | None:
        """Take all locks or none; return None, or the reason why they are refused."""
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
            if not is_pooled(self._connection):
                self._connection.execute(f"LISTEN {CHANNEL}".encode())
        lent = is_pooled(self._connection)
        if lent:
            self._connection.execute(b"BEGIN")
        refusal = self._take_each(self._connection, "xact_" if lent else "")
        if refusal is not None:
            self._connection.execute(b"ROLLBACK" if lent else b"SELECT pg_advisory_unlock_all()")
        return refusal

    def _take_each(self, connection: Connection, of: str) -> str | None:
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

    def _is_notified(self) -> bool:
        assert self._connection is not None
        return bool(list(self._connection.notifies(timeout=LISTEN_SECONDS, stop_after=1)))

    async def _reconnect(self, why: str) -> None:
        """Reconnect and take the locks again. If another process keeps them, let `taken` return."""
        log.warning("The connection that holds this bot's place in the database is lost: %s", why)
        refusals = 0
        for pause in chain(RETURN_SECONDS, repeat(RETURN_SECONDS[-1])):
            await asyncio.sleep(pause)
            with suppress(psycopg.OperationalError):  # still unreachable, which `_Presence` logs
                refusal = await self._call(self._take_locks)
                if refusal is None:
                    log.warning("The bot has its place in the database again")
                    return
                refusals += 1
                if refusals == len(RETURN_SECONDS) and not self._taken.done():
                    self._taken.set_result(HostError(refusal))


@asynccontextmanager
async def session(url: str, shards: Shards | None, refusal: str, seconds: float = 0.0) -> AsyncGenerator[Session]:
    """Lock the whole bot at *url*, or only *shards*, until the block ends.

    Raises `HostError` if the server cannot be reached, or if another process still holds one of the locks after
    *seconds*. *refusal* is the message if this is the lock on the whole bot.
    """
    held = Session(url, shards, refusal)
    try:
        try:
            await held.take(seconds)
        except psycopg.Error as error:
            raise await asyncio.to_thread(host_error, url, error) from None
        yield held
    finally:
        await held.close()
