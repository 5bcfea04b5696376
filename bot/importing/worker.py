"""Read story files in other processes, so that no file can block the bot or exhaust its memory.

One process per core may read the stories folder; a few additional processes let uploads start meanwhile. A member can
occupy only one process, so members take turns.
"""

import asyncio
import gc
import hashlib
import multiprocessing
import multiprocessing.context
import os
import threading
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from bot.errors import HostError
from bot.stories import Refused, Story, read_story
from bot.stories.added_chapters import AddedChapter
from bot.stories.decisions import Examined, examine
from bot.stories.formats.corrections import Correction
from bot.stories.formats.encoding import MAX_BYTES, too_large

T = TypeVar("T")

ReadFile = Callable[..., Awaitable[tuple[Story, str]]]
"""Reads the file at a path, under a name, with an optional `Correction` and optional chapters to add; returns the story
and the digest of the bytes. The keyword *member* is the Discord id of the file's owner, or `FOLDER`. Raises `Refused`.
"""

MEMORY = 192 * 1024**2
"""Maximum memory of a process, in bytes: enough for seven megabytes of HTML or six of Markdown."""

SECONDS = 10
"""Maximum processor time for one file, in seconds."""

FOLDER = 0
"""Owner id of the stories folder's files. All other owners are members, by their Discord ids."""

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Number of usable processor cores. This many files of the stories folder are read in parallel."""

_UPLOAD_PROCESSES = 3
"""Number of additional processes for uploads."""

_NICE = 10
"""Nice value of the processes, so that the bot itself has priority."""


class ReadingProcesses:
    """Processes that read files. Each starts when all that already run are busy, and runs until `end`."""

    def __init__(self, memory: int) -> None:
        self._all = [_Process(memory) for _ in range(CORES + _UPLOAD_PROCESSES)]
        self._turns = Turns(self._all, lambda member: CORES if member == FOLDER else 1)

    async def read(
        self,
        path: Path,
        name: str,
        correction: Correction | None = None,
        added: Sequence[AddedChapter] = (),
        *,
        member: int = FOLDER,
    ) -> tuple[Story, str]:
        """Read a file on the turn of *member* (see `ReadFile`). Raises `Refused`, also for a file beyond the limits."""
        async with self._turns.lend(member) as process:
            return await process.run(partial(read_file, added=added), path, name, correction)

    async def examine(self, path: Path, name: str, correction: Correction | None) -> Examined:
        """Read a file of a folder; return the parser's decisions, too. Raises `Refused`."""
        async with self._turns.lend(FOLDER) as process:
            return await process.run(examine_file, path, name, correction)

    async def end(self) -> None:
        """End the processes after their current files."""
        await asyncio.gather(*(process.end() for process in self._all))


@asynccontextmanager
async def reading_processes(memory: int = MEMORY) -> AsyncGenerator[ReadingProcesses]:
    """Provide processes that read files; end them on leaving.

    A file is refused if reading it takes more than *memory* bytes. Other files are unaffected.
    """
    processes = ReadingProcesses(memory)
    try:
        yield processes
    finally:
        await processes.end()


class _Process:
    """A process that reads one file at a time. It starts with the first file, and restarts after a crash."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._pool: ProcessPoolExecutor | None = None

    async def run(
        self,
        function: Callable[[Path, str, Correction | None], T],
        path: Path,
        name: str,
        correction: Correction | None,
    ) -> T:
        pool = self._pool or await self._start()
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, function, path, name, correction)
        except (BrokenProcessPool, MemoryError):  # a MemoryError leaves the memory fragmented
            await self.end()
            raise Refused("too-costly", "reading it takes more time or memory than a story may") from None

    async def _start(self) -> ProcessPoolExecutor:
        """Start the process and wait until it responds; any later crash is then due to a file. Raises `HostError`."""
        self._pool = pool = _new_pool(self._memory)
        try:
            await asyncio.get_running_loop().run_in_executor(pool, os.getpid)
        except BrokenProcessPool as error:
            await self.end()
            raise HostError(
                "The process that reads files does not start. Is there memory, and is this install whole?"
            ) from error
        return pool

    async def end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)


async def read_here(
    path: Path,
    name: str,
    correction: Correction | None = None,
    added: Sequence[AddedChapter] = (),
    *,
    member: int = FOLDER,
) -> tuple[Story, str]:
    """Read a file in this process, for tests and for programs that read one file."""
    return read_file(path, name, correction, added)


def read_file(
    path: Path, name: str, correction: Correction | None = None, added: Sequence[AddedChapter] = ()
) -> tuple[Story, str]:
    """Return the story of a file and of the chapters *added* to it, and the digest of all their bytes.

    Raises `Refused` or `OSError`.
    """
    data = _bytes_of(path)
    digest = hashlib.blake2b(data, digest_size=16)
    for chapter in added:
        digest.update(chapter.data)
    return read_story(data, name, correction, added), digest.hexdigest()


def examine_file(path: Path, name: str, correction: Correction | None = None) -> Examined:
    """Return the story of a file with the parser's decisions. Raises `Refused` or `OSError`."""
    return examine(_bytes_of(path), name, correction)


def _bytes_of(path: Path) -> bytes:
    _allow_time()
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if before.st_size > MAX_BYTES:
            raise too_large(before.st_size)
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refused("half-written", "it changed while it was read; load again when it is whole")
    return data


@cache
def _start_method() -> multiprocessing.context.BaseContext:
    """Return the start method: fork a server process that has already read a story, which takes milliseconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return multiprocessing.get_context("spawn")
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([__name__, "bot.importing.warmed"])
    return forks


def _new_pool(memory: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=_start_method(), initializer=_set_up_process, initargs=(memory,))


OBJECTS = 10_000
"""Threshold of the garbage collector. With Python's default, a tenth of the time to read a book goes to collections."""

_limited = False


def _set_up_process(memory: int) -> None:
    """Set up a reading process: its limits, and a thread that ends the process with the bot."""
    gc.set_threshold(OBJECTS)
    threading.stack_size(_STACK)
    threading.Thread(target=_end_with_bot, daemon=True).start()
    _limit(memory)


_STACK = 256 * 1024
"""Stack size in bytes of the thread of `_end_with_bot`. The stack counts towards the memory limit of the process."""


def _end_with_bot() -> None:
    """End this process when the bot's process ends. If the bot is killed, this process would otherwise wait forever."""
    bot = multiprocessing.parent_process()
    assert bot is not None
    bot.join()
    os._exit(1)


def _limit(memory: int) -> None:
    global _limited
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    _limited = True


def _allow_time() -> None:
    """Allow this process `SECONDS` more of processor time, for one file; beyond that, the system kills the process."""
    if _limited:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


Thing = TypeVar("Thing")


class Turns(Generic[Thing]):
    """Lends *things* to owners in turns. *most* returns how many things an owner may have at a time."""

    def __init__(self, things: Iterable[Thing], most: Callable[[int], int]) -> None:
        self._idle = list(things)
        self._places = asyncio.Semaphore(len(self._idle))
        self._most = most
        self._owners = WeakValueDictionary[int, asyncio.Semaphore]()

    @asynccontextmanager
    async def lend(self, owner: int) -> AsyncGenerator[Thing]:
        """Wait for the owner's turn, and lend the thing that was returned last."""
        async with self._owners.setdefault(owner, asyncio.Semaphore(self._most(owner))), self._places:
            thing = self._idle.pop()
            try:
                yield thing
            finally:
                self._idle.append(thing)


File = TypeVar("File")
Reading = TypeVar("Reading", bound="asyncio.Task[Any] | None")

AHEAD = 4 * CORES
"""Maximum number of files whose reading is started ahead of the caller. Several for each core, since sizes vary."""

FEW_FILES = 40
"""Maximum number of files that a single process reads: starting a second one would take more time than it saves."""


async def read_ahead(files: Sequence[File], start: Callable[[File], Reading]) -> AsyncGenerator[tuple[File, Reading]]:
    """Yield each file in order, with the result of *start*: a task, or None if the file need not be read.

    *start* is called ahead of the yields. The caller awaits the task. Leaving early cancels tasks not yet yielded.
    """
    ahead = AHEAD if len(files) > FEW_FILES else 0
    started: deque[tuple[File, Reading]] = deque()
    try:
        for file in files:
            started.append((file, start(file)))
            if len(started) > ahead:
                yield started.popleft()
        while started:
            yield started.popleft()
    finally:
        for _, task in started:
            if task is not None:
                task.cancel()


Progress = Callable[[int, int], Awaitable[None]]
"""Callback that takes the number of files that are done, and the number of all files."""


async def show_nothing(done: int, files: int) -> None:
    """`Progress` callback that shows nothing."""
