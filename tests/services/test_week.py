"""A week that goes by while readers act: each loop runs as often as it should, each table stays within its bound.

The small form is three hours. The whole week is ``python -m pytest tests/services/test_week.py --days 7``.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.config import Settings
from bot.domain.schedules import EVERY_DAY, NewPlan, Schedule
from bot.interactions.client import Oneshot
from bot.operations import heartbeat, rotation
from bot.operations.backup import back_up
from bot.operations.heartbeat import Heart, Systemd, beating
from bot.operations.run import backing_up
from bot.services.due_work import LOOK_SECONDS, DueWork
from bot.store.engines.sqlite_backup import Contents, IsCancelled
from bot.store.pruning import BOUNDS, Pruning
from tests import samples
from tests.acts import EMOJI, Acts
from tests.clock import start_at, wait
from tests.databases import columns, connections
from tests.library import Library
from tests.seen import shown

pytestmark = pytest.mark.sqlite("the bot backs up a SQLite file by itself")

HOUR, DAY, WEEK = 60 * 60, 24 * 60 * 60, 7 * 24 * 60 * 60
BEGIN = "2036-03-27 12:00"
"""Three days before the clocks change in Europe."""

ACTS_A_WEEK = 50_000
LOG_A_WEEK = 20_000_000
"""Characters, at most."""

STEP = HOUR
READERS = range(501, 541)
BACKUP_HOURS, BACKUPS_KEPT = 2, 3
BEAT_SECONDS = 60
"""The bot beats each 15 seconds; SimCord 3.2.1 lets no time go by while somebody sleeps for less than half a minute."""


class Length(logging.Handler):
    """Counts what the log takes, as it is written."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.characters, self.errors = 0, list[str]()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.characters += len(self.format(record)) + 1
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each loop looked for what is due, the bot wrote down how it is, was pruned and backed up."""
    counted, look, prune, beat = Counter[str](), DueWork._run_due, Pruning.prune, Heart.beat

    async def looking(work: DueWork) -> float:
        counted[work.qualified_name] += 1
        return await look(work)

    async def pruning(store: Pruning) -> None:
        counted["pruned"] += 1
        await prune(store)

    async def beat_counted(heart: Heart) -> None:
        counted["beats"] += 1
        await beat(heart)

    def counted_backup(settings: Settings, file: Path, now: int, is_cancelled: IsCancelled) -> Contents:
        counted["backups"] += 1
        return back_up(settings, file, now, is_cancelled)

    monkeypatch.setattr(Heart, "beat", beat_counted)
    monkeypatch.setattr(rotation, "back_up", counted_backup)
    monkeypatch.setattr(DueWork, "_run_due", looking)
    monkeypatch.setattr(Pruning, "prune", pruning)
    return counted


@pytest.fixture
async def beside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[None]:
    """What runs beside each bot from its start on: heartbeats, and a backup every two hours."""
    settings = Settings(
        database=tmp_path / "oneshot.db",
        backups=tmp_path / "backups",
        backup_hours=BACKUP_HOURS,
        backups_kept=BACKUPS_KEPT,
    )
    set_up, running = Oneshot.setup_hook, list[asyncio.Task[None]]()

    async def run(bot: Oneshot) -> None:
        async with beating(bot, Systemd(None)), backing_up(bot.store, settings):
            await asyncio.sleep(10 * WEEK)

    async def set_up_with(bot: Oneshot) -> None:
        await set_up(bot)
        running.append(asyncio.create_task(run(bot)))

    monkeypatch.setattr(Oneshot, "setup_hook", set_up_with)
    monkeypatch.setattr(heartbeat, "BEAT_SECONDS", BEAT_SECONDS)
    yield
    for task in running:
        task.cancel()
    await asyncio.wait(running)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """SimCord looks every twentieth of a second whether the bot is done, which it is in a thousandth."""
    settle = Env._settle_internal  # pyright: ignore[reportPrivateUsage]

    async def soon(env: Env, **options: Any) -> None:
        options["idle"] = 0.001
        await settle(env, **options)

    monkeypatch.setattr(Env, "_settle_internal", soon)


async def counts(library: Library, tmp_path: Path) -> dict[str, int]:
    tables = columns(tmp_path / "oneshot.db")
    return {table: await library.store._db.number(f"SELECT count(*) FROM {table}") for table in tables}


def bounds(acts: Acts, span: int, quotes: int) -> dict[str, int]:
    """The most rows that each table may have which readers fill; all others have those of the library."""
    readers, stories, pages = len(READERS) + 2, len({page.story.id for page in acts.pages}) + 1, len(acts.pages)
    each = readers * stories
    return {
        "audit_log": 100,
        "ballots": (2 * stories + len(acts.questions)) * readers,
        "bookmarks": readers * pages,
        "done_interactions": acts.done // 100 + 10,
        "drafts": 5 * readers,
        "follows": each,
        "heartbeats": 1,
        "leaderboard": 2 * 7 * (4 * stories + 2 * quotes),  # here and everywhere; all time, three weeks, three months
        "mutes": 25 * readers,
        "outbox": 0,
        "places": each,
        "answer_counts": 4 * (stories + len(acts.questions)),
        "answers": 2 * len(acts.questions),
        "question_posts": len(acts.questions),
        "questions": stories + len(acts.questions),
        "posts": acts.done,
        "quote_decks": each,
        "reactions": 2 * len(EMOJI) * readers * pages,
        "reading_lists": each,
        "review_reports": 5 * each,
        "review_times": 5 * readers * (span // HOUR + 1),
        "reviews": each,
        "saved_queries": 30 * readers,
        "saved_quotes": 1_000 * readers,
        "settings": readers + 1,
        "upload_bytes": 5 * readers,
        "upload_files": 5 * readers,
    }


async def queue_something(library: Library, tale: int, day: int) -> None:
    """Queue the answer to a claim."""
    author = library.ann.guild.add_member(library.env.create_user(f"author{day}"))
    await library.store.authors.refuse(await library.store.authors.claim(tale, author.id), 1)
    library.bot.dispatch("due")


async def live(library: Library, acts: Acts, tale: int, span: int) -> None:
    """Let *span* go by, with the acts that belong into it."""
    left = ACTS_A_WEEK * span // WEEK
    for step in range(span // STEP):
        for _ in range(left // (span // STEP)):
            await acts.one()
        if step % 24 == 1:
            await library.load({"long.txt": samples.sized("A Long Tale", 40 + step // 24)})
            library.bot.dispatch("due")
            await queue_something(library, tale, step // 24)
        page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
        await library.ann.click(page, label="React")
        await wait(library, STEP)


def posted(channel: ChannelHandle) -> int:
    return len(channel.history())


@pytest.mark.usefixtures("impatient", "beside")
async def test_a_week_goes_by(
    library: Library, tmp_path: Path, looks: Counter[str], pytestconfig: pytest.Config, caplog: pytest.LogCaptureFixture
) -> None:
    days = int(pytestconfig.getoption("--days") or 0)
    span = days * DAY if days else 3 * HOUR
    log = Length()
    logging.getLogger().addHandler(log)
    caplog.set_level(logging.INFO)
    await start_at(library, BEGIN)
    await connections(library.store)[0].execute("PRAGMA synchronous = OFF")
    await library.load({"long.txt": samples.sized("A Long Tale", 39)})
    await library.store.settings.change_server(
        library.guild_id, lambda chosen: replace(chosen, news_channel=library.channel.id)
    )
    acts = Acts(library.store, library.guild_id, library.channel.id, READERS, Random(1))
    await acts.begin()
    before, now = await counts(library, tmp_path), library.clock()
    daily, serial = (library.ann.guild.create_text_channel(name) for name in ("daily", "serial"))
    schedule = Schedule(EVERY_DAY, time(15, 30), "Europe/Berlin")
    await library.store.daily.set(NewPlan(library.guild_id, daily.id, 1, schedule), None, "text", now)
    tale = await library.store.stories.find("A Long Tale")
    first, _ = await library.store.pages.ends(tale.id)
    await library.store.serials.start(NewPlan(library.guild_id, serial.id, 1, schedule), tale.id, first, now)
    try:
        await live(library, acts, tale.id, span)
    finally:
        logging.getLogger().removeHandler(log)

    loops = {cog.qualified_name for cog in library.bot.cogs.values() if isinstance(cog, DueWork)}
    minutes = span // int(LOOK_SECONDS)
    often = range(int(0.98 * minutes) - 2, int(1.1 * minutes) + 60)
    assert loops and {name: looks[name] for name in loops if looks[name] not in often} == {}
    assert looks["pruned"] in (max(days, 1), days + 1)
    assert posted(daily) == posted(serial) == max(days, 1)
    assert looks["beats"] in range(int(0.98 * span / BEAT_SECONDS), int(1.02 * span / BEAT_SECONDS) + 2)
    assert abs(looks["backups"] - span // (BACKUP_HOURS * HOUR)) <= 1
    assert len(list((tmp_path / "backups").iterdir())) == BACKUPS_KEPT  # the first bot made one, too
    overdue = f"SELECT count(*) FROM questions WHERE closed_at IS NULL AND closes_at < {int(library.clock()) - 60}"
    assert acts.questions and await library.store._db.number(overdue) == 0
    after, most = await counts(library, tmp_path), bounds(acts, span, before["quotes"] + 60)
    assert {*after} == {*BOUNDS}
    assert {table: rows for table, rows in after.items() if rows > most.get(table, 3 * before[table] + 60)} == {}
    assert acts.done >= 0.9 * ACTS_A_WEEK * span / WEEK and acts.refused < acts.done
    assert log.errors == [] and log.characters < LOG_A_WEEK * span / WEEK
    print(f"{acts.done:,} acts, {log.characters:,} characters of log, {dict(looks)}\n{after}")
