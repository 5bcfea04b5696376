"""One bot for one database: two with one token would answer everybody twice.

The bot holds the lock for as long as it runs. The system lets go of it when a process ends, however it ends. `load`,
`check`, `backup`, `status` and `doctor` work beside the bot and take no lock.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.config import Settings
from bot.errors import HostError

WAIT_SECONDS = 15.0
"""For which a second bot waits: the old one may be answering still when a restart begins the new one."""

LOOK_SECONDS = 0.25

SECOND = (
    "Another bot runs on DATABASE {database}. Stop it first: two with one token would answer everybody twice."
    " A second bot, with a token of its own, needs a database of its own."
)


def lock_path(database: Path) -> Path:
    """Return the file beside *database* whose lock the running bot holds."""
    return database.with_name(f"{database.name}.lock")


def one_bot(settings: Settings) -> AbstractAsyncContextManager[None]:
    """Hold the database as its one bot. Raises `HostError`."""
    return alone_with(settings.store, SECOND, WAIT_SECONDS)


def alone_with(database: Path | str, refusal: str, seconds: float = 0.0) -> AbstractAsyncContextManager[None]:
    """Hold a file, or a server's database, as the bot does while it runs. Raises `HostError` with *refusal*."""
    if isinstance(database, Path):
        return locked(database, refusal, seconds)
    from bot.store.engines.postgresql import held  # its driver is an extra

    return held(database, refusal, seconds)


@asynccontextmanager
async def locked(database: Path, refusal: str, seconds: float = 0.0) -> AsyncGenerator[None]:
    """Hold the lock of *database*; wait *seconds* for who has it. Raises `HostError` with *refusal* after that."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
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
    """Take *lock* as soon as it is free, without holding up the loop. Raises `Timeout` after *seconds*."""
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
