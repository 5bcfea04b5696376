"""A lock on the database, for one bot, or one process per shard: two bots with one token would answer everything twice.

A process holds the lock while it runs. The operating system releases it when the process ends, even after a crash.
`load`, `check`, `backup`, `status` and `doctor` run beside the bot and take no lock.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bot.config import Settings
from bot.domain.host import ALL_SHARDS, Shards
from bot.errors import HostError

if TYPE_CHECKING:
    from bot.store.engines.postgresql_session import Session

WAIT_SECONDS = 15.0
"""Timeout for the lock. During a restart, the old bot may still be finishing its answers."""

LOOK_SECONDS = 0.25

SECOND = (
    "Another bot runs on DATABASE {database}. Stop it first: two with one token would answer everybody twice."
    " A second bot, with a token of its own, needs a database of its own."
)


def lock_path(database: Path) -> Path:
    """Return the lock file of *database*, which the running bot holds."""
    return database.with_name(f"{database.name}.lock")


@asynccontextmanager
async def one_bot(settings: Settings) -> AsyncGenerator["Session | None"]:
    """Lock the database for this bot, or its shards in PostgreSQL; provide the PostgreSQL session, or None.

    Raises `HostError`.
    """
    if settings.server is None:
        async with locked(settings.database, SECOND, WAIT_SECONDS):
            yield None
        return
    from bot.store.engines.postgresql_session import session  # imported here, since its driver is an extra

    shards = shards_of(settings) if settings.shard_count else None
    async with session(settings.direct or settings.server, shards, SECOND, WAIT_SECONDS) as held:
        yield held


def shards_of(settings: Settings) -> Shards:
    """Return the shards of this process."""
    if settings.shard_count is None:
        return ALL_SHARDS
    return Shards(settings.shard_count, settings.shards or tuple(range(settings.shard_count)))


@asynccontextmanager
async def alone_with(database: Path | str, refusal: str, seconds: float = 0.0) -> AsyncGenerator[None]:
    """Lock a database as a bot with all shards would. Raises `HostError` with *refusal*."""
    if isinstance(database, Path):
        async with locked(database, refusal, seconds):
            yield
        return
    from bot.store.engines.postgresql_session import session  # imported here, since its driver is an extra

    async with session(database, None, refusal, seconds):
        yield


@asynccontextmanager
async def locked(database: Path, refusal: str, seconds: float = 0.0) -> AsyncGenerator[None]:
    """Hold the lock of *database*, waiting up to *seconds* for it. Raises `HostError` with *refusal* on timeout."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock_path(database).touch(0o600)  # FileLock would treat a path that cannot be created as locked
        lock = FileLock(lock_path(database), mode=0o600)
        await _acquire(lock, seconds)
    except Timeout:
        raise HostError(refusal.format(database=database)) from None
    except OSError as error:
        raise HostError(f"DATABASE {database} cannot be used: {error}. Name another file, or mend this one.") from error
    try:
        yield
    finally:
        lock.release()


async def _acquire(lock: FileLock, seconds: float) -> None:
    """Poll *lock* without blocking the event loop. Raises `Timeout` after *seconds*."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            if loop.time() >= end:
                raise
            await asyncio.sleep(LOOK_SECONDS)
        else:
            return
