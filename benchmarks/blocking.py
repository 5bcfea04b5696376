"""How long the event loop is held up, and how much memory it takes, while books and hostile files are read.

Each case runs in a process of its own, so that its peaks are its own. A task on the loop wakes every millisecond; a
gap between two of its turns counts for no more than the processor time that this process used in it, since what other
programs take is not ours.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import texts
from benchmarks.programs import cost
from bot.domain.uploads import Upload, details_of, warnings_of
from bot.importing.loading import load_folder
from bot.importing.worker import ReadFile, reading_processes
from bot.interactions.client import Oneshot
from bot.services.uploads import read_upload
from bot.store import Store
from bot.store.publishing import Source
from bot.store.uploads import NewVersion, Publisher
from bot.stories import PARSER_VERSION
from bot.stories.model import OpenPage, Spot
from bot.ui.uploads import draft_screen, preview_embeds

ROUNDS = 3
READERS = 1000
GUILD, USER = 1, 2


@dataclass(slots=True)
class Longest:
    seconds: float = 0.0


@asynccontextmanager
async def watched() -> AsyncGenerator[Longest]:
    """The longest time in which nothing else on the loop had its turn."""
    longest = Longest()

    async def watch() -> None:
        turn, used = time.perf_counter(), time.process_time()
        while True:
            await asyncio.sleep(0.001)
            now, now_used = time.perf_counter(), time.process_time()
            longest.seconds = max(longest.seconds, min(now - turn, now_used - used))
            turn, used = now, now_used

    task = asyncio.create_task(watch())
    await asyncio.sleep(0.02)
    try:
        yield longest
        await asyncio.sleep(0.02)
    finally:
        task.cancel()


@dataclass(frozen=True, slots=True)
class _Room:
    store: Store
    read: ReadFile
    folder: Path
    file: Path
    """The file that the case is about."""

    async def load(self) -> object:
        return await load_folder(self.store, self.folder, self.read)


async def _load(room: _Room) -> Callable[[], Awaitable[object]]:
    return room.load


async def _replace(room: _Room) -> Callable[[], Awaitable[object]]:
    """The same book, edited, with readers in it."""
    await room.load()
    pages = await _pages(room.store)
    chance = random.Random(5)
    for reader in range(READERS):
        await room.store.places.move(reader, chance.choice(pages))
    room.file.write_bytes(texts.book(edition=2))
    return room.load


async def _pages(store: Store) -> list[OpenPage]:
    [story] = await store.stories.search("", 1)
    on: Spot | None = (await store.pages.ends(story.id))[0]
    pages: list[OpenPage] = []
    while on is not None:
        pages.append(await store.pages.open(on))
        on = pages[-1].following
    return pages


async def _upload(room: _Room) -> Callable[[], Awaitable[object]]:
    """What ``/library add`` and Publish do, but for Discord itself."""
    data = room.file.read_bytes()

    async def act() -> None:
        await _offered(room, data)
        draft = await room.store.drafts.find(1, USER)
        story, digest = await read_upload(room.read, draft.upload, USER)
        source = Source(draft.upload.name, draft.upload.size, 0, digest, PARSER_VERSION)
        await room.store.uploads.publish(draft, NewVersion(story, source), Publisher(USER))

    return act


async def _check(room: _Room) -> Callable[[], Awaitable[object]]:
    """What ``/library check`` does, but for Discord itself."""
    data = room.file.read_bytes()

    async def act() -> None:
        story, _ = await read_upload(room.read, Upload(room.file.name, data), USER)
        preview_embeds(story, list(warnings_of(story)), "")

    return act


async def _offered(room: _Room, data: bytes) -> None:
    upload = Upload(room.file.name, data)
    story, _ = await read_upload(room.read, upload, USER)
    draft = await room.store.drafts.keep(GUILD, USER, upload, details_of(story))
    draft_screen(draft, story, list(warnings_of(story)))


CASES = {"load": _load, "replace": _replace, "upload": _upload, "check": _check}


async def run(case: str, file: Path) -> None:
    """Run a case on *file*, alone in its folder, and print its figures as JSON."""
    with tempfile.TemporaryDirectory() as made:
        database = Path(made) / "bench.db"
        # the bot itself only for what it takes of the memory
        async with (
            Store.open(database) as store,
            reading_processes() as processes,
            Oneshot(store, read=processes.read),
        ):
            act = await CASES[case](_Room(store, processes.read, file.parent, file))
            async with watched() as longest:
                await act()
    unit = 1 if sys.platform == "darwin" else 1024
    peaks = [resource.getrusage(who).ru_maxrss * unit / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([1000 * longest.seconds, *peaks]))


def _measured(name: str, case: str, file: str, make: Callable[[], bytes]) -> None:
    figures: list[tuple[float, float, float]] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as made:
            path = Path(made) / file
            path.write_bytes(make())
            figures.append(tuple(json.loads(cost("-m", "benchmarks.blocking", case, str(path)).said)))
    gaps, bot, reader = zip(*figures, strict=True)
    print(
        f"  {name:40} {min(gaps):5.0f} {median(gaps):5.0f} {max(gaps):5.0f} ms"
        f"   {max(bot):5.0f} + {max(reader):5.0f} = {max(b + r for _, b, r in figures):5.0f} MB"
    )


def measure() -> None:
    """Print for each case the longest gap (least, median, most), and the peaks: of the bot, the reader, their sum."""
    for name, case, make in (
        ("a book of 3 MB is loaded", "load", texts.book),
        (f"the same, edited, with {READERS:,} readers in it", "replace", texts.book),
        ("an upload of 8 MB is added", "upload", lambda: texts.book(texts.LARGEST_BYTES)),
        ("/library check of a book of 3 MB", "check", texts.book),
    ):
        _measured(name, case, "book.txt", make)
    for file, make in texts.HOSTILE.items():
        _measured(file, "load", file, make)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Path(sys.argv[2])))
