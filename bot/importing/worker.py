"""Reads story files in another process, so that no file can block the bot or exhaust its memory."""

import asyncio
import hashlib
import multiprocessing
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from pathlib import Path

from bot.stories import Refused, Story, read_story
from bot.stories.formats.corrections import Correction
from bot.stories.formats.encoding import MAX_BYTES

ReadFile = Callable[..., Awaitable[tuple[Story, str]]]
"""Reads the file at a path, under a name and with a `Correction`, if there is one; returns the story and the digest of
the file's bytes. Raises `Refused`."""

MEMORY = 192 * 1024**2
"""Bytes of memory that the process may use: enough for seven megabytes of HTML or six of Markdown."""

SECONDS = 60
"""Seconds of processor time that one file may take."""


@asynccontextmanager
async def reading_process(memory: int = MEMORY) -> AsyncGenerator[ReadFile]:
    """Provide what reads files in another process, which starts with the first file and ends on leaving.

    A file that takes more than *memory* bytes to read is refused.
    """
    pool = _new_pool(memory)
    one_at_a_time = asyncio.Lock()  # a file that ends the process takes no other down with it

    async def read(path: Path, name: str, correction: Correction | None = None) -> tuple[Story, str]:
        nonlocal pool
        async with one_at_a_time:
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, read_file, path, name, correction)
            except (BrokenProcessPool, MemoryError):  # after the latter its memory is fragmented
                await asyncio.to_thread(pool.shutdown)
                pool = _new_pool(memory)
                raise Refused("reading it takes more time or memory than a story may") from None

    try:
        yield read
    finally:
        await asyncio.to_thread(pool.shutdown, cancel_futures=True)


async def read_here(path: Path, name: str, correction: Correction | None = None) -> tuple[Story, str]:
    """Read a file in this process: for tests and for a program that reads one file and ends."""
    return read_file(path, name, correction)


def read_file(path: Path, name: str, correction: Correction | None = None) -> tuple[Story, str]:
    """Return the story in a file, and the digest of its bytes. Raises `Refused` or `OSError`."""
    _allow_time()
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refused("it changed while it was read; load again when it is whole")
    return read_story(data, name, correction), hashlib.blake2b(data, digest_size=16).hexdigest()


def _new_pool(memory: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=_limit_memory, initargs=(memory,)
    )


_limited = False


def _limit_memory(memory: int) -> None:
    global _limited
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    _limited = True


def _allow_time() -> None:
    """Have the system end this process if one file takes too long."""
    if _limited:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))
