"""A lock on the database, held by one bot, or for each shard by one process: two bots would answer everything twice.

A process holds the lock while it runs. The operating system releases it when the process ends, even after a crash.
`load`, `check`, `backup`, `status` and `doctor` run beside the bot and take no lock.
"""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import AsyncFileLock, Timeout

from bot.config import Settings
from bot.domain.host import ALL_SHARDS, Shards
from bot.errors import HostError

if TYPE_CHECKING:
    from bot.store.engines.postgresql_session import Session

WAIT_SECONDS = 15.0
"""Timeout for the lock. During a restart, the old bot may still be finishing its answers."""

LOOK_SECONDS = 0.25

SECOND_BOT = (
    "Another bot runs on DATABASE {database}. Stop it first: two with one token would answer everybody twice."
    " A second bot, with a token of its own, needs a database of its own."
)


def lock_path(database: Path) -> Path:
    """Return the lock file of *database*, which the running bot holds."""
    return database.with_name(f"{database.name}.lock")


def one_bot(settings: Settings) -> AbstractAsyncContextManager["Session | None"]:
    """Lock the database for this bot, or its shards in PostgreSQL; provide the PostgreSQL session, or None.

    Raises `HostError`.
    """
    shards = shards_of(settings) if settings.shard_count else None
    return alone_with(settings.direct or settings.store, SECOND_BOT, WAIT_SECONDS, shards)


def shards_of(settings: Settings) -> Shards:
    """Return the shards of this process."""
    if settings.shard_count is None:
        return ALL_SHARDS
    return Shards(settings.shard_count, settings.shards or tuple(range(settings.shard_count)))


@asynccontextmanager
async def alone_with(
    database: Path | str, refusal: str, seconds: float = 0.0, shards: Shards | None = None
) -> AsyncGenerator["Session | None"]:
    """Lock a file, or *shards* of a PostgreSQL database (None for all). Raises `HostError` with *refusal*."""
    if isinstance(database, Path):
        async with locked(database, refusal, seconds):
            yield None
        return
    from bot.store.engines.postgresql_session import session  # imported here, since its driver is an extra

    async with session(database, shards, refusal, seconds) as held:
        yield held


@asynccontextmanager
async def locked(database: Path, refusal: str, seconds: float = 0.0) -> AsyncGenerator[None]:
    """Lock *database*, waiting up to *seconds* for the lock. Raises `HostError` with *refusal* on timeout."""
    lock = AsyncFileLock(lock_path(database), mode=0o600, run_in_executor=False)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock_path(database).touch(0o600)  # FileLock would treat a path that cannot be created as locked
        await lock.acquire(seconds, LOOK_SECONDS)
    except Timeout:
        raise HostError(refusal.format(database=database)) from None
    except OSError as error:
        raise HostError(f"DATABASE {database} cannot be used: {error}. Name another file, or mend this one.") from error
    try:
        yield
    finally:
        await lock.release()
