"""Makes the files of a release: ``python -m tests.releases.make [--again]``, once, before it is tagged.

``1.0.0.db.gz`` is a small SQLite database that readers have used. ``1.0.0.json`` says which steps made it, with their
digests for each engine, and how many rows each table has. From then on no step of it is edited.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import time
from pathlib import Path
from random import Random

from bot import __version__
from bot.domain.schedules import EVERY_DAY, NewPlan, Schedule
from bot.domain.uploads import Upload
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store
from bot.store.migrations import FOLDER, read_steps
from bot.store.publishing import Source
from bot.store.uploads import NewVersion, Publisher
from tests import samples
from tests.acts import Acts
from tests.clock import Clock
from tests.databases import columns

RELEASES = Path(__file__).parent
ENGINES = ("sqlite", "postgresql")
GUILD, CHANNEL = 1_456_074_443_980_800_017, 1_456_074_443_980_800_020
READERS = range(101, 121)
ACTS = 1_000


def digests(engine: str) -> list[list[str]]:
    """The steps of an engine as they are now: name and digest."""
    return [[step.name, step.digest] for step in read_steps(FOLDER, engine)]


async def use(path: Path, folder: Path) -> None:
    """Fill a new database: the samples, what readers do in a day, a quote of the day, a serial."""
    clock = Clock()
    clock.at = 1_795_000_000
    for name, text in samples.FILES.items():
        (folder / name).write_text(text, "utf-8")
    async with Store.open(path, clock) as store:
        await load_folder(store, folder, read_here)
        acts = Acts(store, GUILD, CHANNEL, READERS, Random(1))
        await acts.begin()
        for _ in range(ACTS):
            await acts.one()
            clock.forward(24 * 60 * 60 / ACTS)
        story = acts.pages[0].story
        first, _ = await store.pages.ends(story.id)
        schedule = Schedule(EVERY_DAY, time(18), "Europe/Berlin")
        plan = NewPlan(GUILD, CHANNEL, READERS[0], schedule)
        await store.daily.set(plan, None, "text", clock())
        await store.serials.start(plan, story.id, first, clock())
        await store.authors.claim(story.id, READERS[1])
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, news_channel=CHANNEL), READERS[0])
        upload = Upload("kettle.txt", b"Title: The Kettle\n\n" + b"It sang until four, and then it slept.\n", {})
        draft = await store.drafts.keep(GUILD, READERS[2], upload, {"title": "The Kettle"})
        (folder / "upload").write_bytes(upload.data)
        read, digest = await read_here(folder / "upload", upload.name)
        version = NewVersion(read, Source(upload.name, upload.size, 0, digest, 1))
        await store.uploads.publish(replace(draft, wrote=True), version, Publisher(draft.user))


def rows(path: Path) -> dict[str, int]:
    """How many rows each table of a SQLite file has."""
    with closing(sqlite3.connect(path)) as db:
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in sorted(columns(path))}


def main(*, again: bool) -> None:
    database, facts = RELEASES / f"{__version__}.db.gz", RELEASES / f"{__version__}.json"
    if facts.exists() and not again:
        raise SystemExit(f"{facts.name} is there: a release is made once. Before it is tagged, --again makes it anew.")
    with tempfile.TemporaryDirectory() as made:
        path, folder = Path(made) / "oneshot.db", Path(made) / "stories"
        folder.mkdir()
        asyncio.run(use(path, folder))
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("VACUUM")
        database.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        steps = {engine: digests(engine) for engine in ENGINES}
        told = {"version": __version__, "steps": steps, "rows": rows(path)}
    facts.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(f"{database.name}: {database.stat().st_size / 1000:.0f} KB, {len(steps['sqlite'])} steps")


if __name__ == "__main__":
    main(again="--again" in sys.argv[1:])
