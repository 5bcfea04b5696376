"""Reads story files in other processes, so that no file can block the bot or exhaust its memory.

There are as many as the machine has cores, for the stories folder, and a few more, so that an upload need not wait for
it. A member has one file read at a time; members take turns.
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
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from bot.errors import HostError
from bot.stories import Refused, Story, read_story
from bot.stories.added_chapters import AddedChapter
from bot.stories.decisions import Decision, decisions_of
from bot.stories.formats.corrections import Correction
from bot.stories.formats.encoding import MAX_BYTES, too_large

T = TypeVar("T")

Read = Callable[[Path, str, Correction | None], T]
"""Does something with the file at a path, in a process."""

ReadFile = Callable[..., Awaitable[tuple[Story, str]]]
"""Reads the file at a path, under a name, with a `Correction` and chapters added to it, if there are any; returns the
story and the digest of the bytes. Whose file it is may be said as *member*. Raises `Refused`."""

MEMORY = 192 * 1024**2
"""Bytes of memory that a process may use: enough for seven megabytes of HTML or six of Markdown."""

SECONDS = 10
"""Seconds of processor time that one file may take."""

FOLDER = 0
"""Whose the files of the stories folder are, beside the ids of members."""

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Files of the folder that are read at once."""

_FOR_UPLOADS = 3
"""Processes that the folder leaves to uploads."""

_NICE = 10
"""By how much the processes stand back where the bot itself has something to do."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A story, and why it was read so."""

    story: Story
    decisions: tuple[Decision, ...]


class ReadingProcesses:
    """Processes that read files. Each starts when all others are busy, and ends with the whole."""

    def __init__(self, memory: int) -> None:
        self._all = [_Process(memory) for _ in range(CORES + _FOR_UPLOADS)]
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
        """Read a file when *member* has a turn (see `ReadFile`). Raises `Refused` for one beyond the limits, too."""
        async with self._turns.lend(member) as process:
            return await process.run(partial(read_file, added=added), path, name, correction)

    async def examine(self, path: Path, name: str, correction: Correction | None) -> Examined:
        """Read a file of a folder, and say why it is read so. Raises `Refused`."""
        async with self._turns.lend(FOLDER) as process:
            return await process.run(examine_file, path, name, correction)

    async def end(self) -> None:
        """End the processes, after the files that they read now."""
        await asyncio.gather(*(process.end() for process in self._all))


@asynccontextmanager
async def reading_processes(memory: int = MEMORY) -> AsyncGenerator[ReadingProcesses]:
    """Provide processes that read files, which end on leaving.

    A file that takes more than *memory* bytes to read is refused, and takes no other down with it.
    """
    processes = ReadingProcesses(memory)
    try:
        yield processes
    finally:
        await processes.end()


class _Process:
    """A process that reads one file at a time. It starts with its first, and again after one that ended it."""

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
        except (BrokenProcessPool, MemoryError):  # after the latter its memory is fragmented
            await self.end()
            raise Refused("too-costly", "reading it takes more time or memory than a story may") from None

    async def _start(self) -> ProcessPoolExecutor:
        """Start the process, and wait until it answers: what fails later is the file's fault. Raises `HostError`."""
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
    """Read a file in this process: for tests and for a program that reads one file and ends."""
    return read_file(path, name, correction, added)


def read_file(
    path: Path, name: str, correction: Correction | None = None, added: Sequence[AddedChapter] = ()
) -> tuple[Story, str]:
    """Return the story in a file and in the chapters *added* to it, and the digest of all their bytes.

    Raises `Refused` or `OSError`.
    """
    data = _bytes_of(path)
    digest = hashlib.blake2b(data, digest_size=16)
    for chapter in added:
        digest.update(chapter.data)
    return read_story(data, name, correction, added), digest.hexdigest()


def examine_file(path: Path, name: str, correction: Correction | None = None) -> Examined:
    """Return the story in a file, and why it is read so. Raises `Refused` or `OSError`."""
    data = _bytes_of(path)
    story = read_story(data, name, correction)
    return Examined(story, tuple(decisions_of(data, name, story, correction)))


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
def _ways() -> multiprocessing.context.BaseContext:
    """Return how processes start: as forks of one that has read a story, which takes them milliseconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return multiprocessing.get_context("spawn")
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([__name__, "bot.importing.warmed"])
    return forks


def _new_pool(memory: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=_ways(), initializer=_begin, initargs=(memory,))


OBJECTS = 10_000
"""New objects after which the collector looks for cycles: with the usual 700 it takes a tenth of the time of a book."""

_limited = False


def _begin(memory: int) -> None:
    """Make ready a process that reads: it ends with the bot, and has its limits."""
    gc.set_threshold(OBJECTS)
    threading.stack_size(_STACK)
    threading.Thread(target=_end_with_bot, daemon=True).start()
    _limit(memory)


_STACK = 256 * 1024
"""Bytes of the stack of a thread that only waits: they count as memory of the process."""


def _end_with_bot() -> None:
    """End this process when the bot is gone: one that was killed tells nobody, and the next file would never come."""
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
    """Have the system end this process if one file takes too long."""
    if _limited:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


Thing = TypeVar("Thing")


class Turns(Generic[Thing]):
    """Lends *things* to owners, who are known by an id; *most* says how many one owner may have at once."""

    def __init__(self, things: Iterable[Thing], most: Callable[[int], int]) -> None:
        self._idle = list(things)
        self._places = asyncio.Semaphore(len(self._idle))
        self._most = most
        self._owners = WeakValueDictionary[int, asyncio.Semaphore]()

    @asynccontextmanager
    async def lend(self, owner: int) -> AsyncGenerator[Thing]:
        """Wait for the owner's turn and lend a thing: the one that was given back last."""
        async with self._owners.setdefault(owner, asyncio.Semaphore(self._most(owner))), self._places:
            thing = self._idle.pop()
            try:
                yield thing
            finally:
                self._idle.append(thing)


File = TypeVar("File")
Reading = TypeVar("Reading", bound="asyncio.Task[Any] | None")

AHEAD = 4 * CORES
"""Files that are read or wait for a process at once: some are longer than others."""

FEW_FILES = 40
"""Of no more than these, starting a second process takes longer than it saves."""


async def read_ahead(files: Sequence[File], start: Callable[[File], Reading]) -> AsyncGenerator[tuple[File, Reading]]:
    """Yield each file in order with its task, which *start* gives where the file is to be read.

    The caller awaits the task. Leaving early cancels those that are ahead.
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
"""Gets how many files are done, and of how many."""


async def show_nothing(done: int, files: int) -> None:
    """Show no progress."""
