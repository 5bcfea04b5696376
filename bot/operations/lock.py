"""One bot for one SQLite file: two with one token would answer everybody twice.

The bot holds the lock for as long as it runs. The system lets go of it when a process ends, however it ends. `load`,
`check`, `backup`, `status` and `doctor` work beside the bot and take no lock.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
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
    """Hold the database as its one bot. Many may share a server's database. Raises `HostError`."""
    return nullcontext() if settings.server else locked(settings.database, SECOND, WAIT_SECONDS)


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
