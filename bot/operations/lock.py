"""One bot for one database, or one process for each of its shards: two with one token would answer everybody twice.

A process holds the lock for as long as it runs. The system lets go of it when a process ends, however it ends. `load`,
`check`, `backup`, `status` and `doctor` work beside the bot and take no lock.
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
"""For which a second bot waits: the old one may be answering still when a restart begins the new one."""

LOOK_SECONDS = 0.25

SECOND = (
    "Another bot runs on DATABASE {database}. Stop it first: two with one token would answer everybody twice."
    " A second bot, with a token of its own, needs a database of its own."
)


def lock_path(database: Path) -> Path:
    """Return the file beside *database* whose lock the running bot holds."""
    return database.with_name(f"{database.name}.lock")


def one_bot(settings: Settings) -> AbstractAsyncContextManager["Session | None"]:
    """Hold the database as its one bot, or the shards of the settings; provide the session, if that is on a server.

    Raises `HostError`.
    """
    shards = shards_of(settings) if settings.shard_count else None
    return alone_with(settings.direct or settings.store, SECOND, WAIT_SECONDS, shards)


def shards_of(settings: Settings) -> Shards:
    """Return the shards whose servers are this process's."""
    if settings.shard_count is None:
        return ALL_SHARDS
    return Shards(settings.shard_count, settings.shards or tuple(range(settings.shard_count)))


@asynccontextmanager
async def alone_with(
    database: Path | str, refusal: str, seconds: float = 0.0, shards: Shards | None = None
) -> AsyncGenerator["Session | None"]:
    """Hold a file, or *shards* of a server's database (None: all). Raises `HostError` with *refusal*."""
    if isinstance(database, Path):
        async with locked(database, refusal, seconds):
            yield None
        return
    from bot.store.engines.postgresql_session import session  # its driver is an extra

    async with session(database, shards, refusal, seconds) as held:
        yield held


@asynccontextmanager
async def locked(database: Path, refusal: str, seconds: float = 0.0) -> AsyncGenerator[None]:
    """Hold the lock of *database*; wait *seconds* for who has it. Raises `HostError` with *refusal* after that."""
    lock = AsyncFileLock(lock_path(database), mode=0o600, run_in_executor=False)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock_path(database).touch(0o600)  # which FileLock, where it can never be made, takes for another's
        await lock.acquire(seconds, LOOK_SECONDS)
    except Timeout:
        raise HostError(refusal.format(database=database)) from None
    except OSError as error:
        raise HostError(f"DATABASE {database} cannot be used: {error}. Name another file, or mend this one.") from error
    try:
        yield
    finally:
        await lock.release()
