"""A week that goes by while readers act: each loop runs as often as it should, each table stays within its bound.

The small form is three hours. The whole week is ``python -m pytest tests/services/test_week.py --days 7``.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.config import Settings
from bot.domain.recurrence import EVERY_DAY, Schedule
from bot.operations.rotation import Rotation
from bot.services.outbox import LOOK_SECONDS, Outbox
from bot.store.pruning import BOUNDS, Pruning
from tests import samples
from tests.acts import EMOJI, Acts
from tests.clock import start_at, wait
from tests.conftest import Library, shown
from tests.databases import columns, connections

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
    """How often each loop looked for what is due, and how often something was pruned."""
    counted, look, prune = Counter[str](), Outbox._look, Pruning.prune

    async def looking(outbox: Outbox) -> float:
        counted[outbox.qualified_name] += 1
        return await look(outbox)

    async def pruning(store: Pruning) -> None:
        counted["pruned"] += 1
        await prune(store)

    monkeypatch.setattr(Outbox, "_look", looking)
    monkeypatch.setattr(Pruning, "prune", pruning)
    return counted


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
        "ballots": 2 * len(acts.polls) * readers,
        "bookmarks": readers * pages,
        "done_interactions": acts.done // 100 + 10,
        "drafts": 5 * readers,
        "follows": each,
        "heartbeats": 1,
        "leaderboard": 2 * 7 * (4 * stories + 2 * quotes),  # here and everywhere; all time, three weeks, three months
        "mutes": 25 * readers,
        "news_outbox": 0,
        "notices": 10,
        "places": each,
        "poll_choices": 2 * len(acts.polls),
        "polls": len(acts.polls),
        "posts": acts.done,
        "quote_decks": each,
        "reactions": 2 * len(EMOJI) * readers * pages,
        "reader_settings": readers,
        "reading_lists": each,
        "review_reports": 5 * each,
        "review_times": 5 * readers * (span // HOUR + 1),
        "reviews": each,
        "saved_queries": 30 * readers,
        "saved_quotes": 1_000 * readers,
        "story_reactors": len(EMOJI) * each,
        "upload_bytes": 5 * readers,
        "upload_files": 5 * readers,
        "votes": each,
    }


async def live(library: Library, acts: Acts, rotation: Rotation, span: int) -> int:
    """Let *span* go by, with the acts that belong into it; return how many backups were made."""
    backups, left = 0, ACTS_A_WEEK * span // WEEK
    for step in range(span // STEP):
        for _ in range(left // (span // STEP)):
            await acts.one()
        if step % 24 == 1:
            await library.load({"long.txt": samples.sized("A Long Tale", 40 + step // 24)})
            library.bot.dispatch("shelved")
        page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
        await library.ann.click(page, label="React")
        backups += rotation.next_due() <= library.clock()
        await asyncio.to_thread(rotation.back_up_if_due)
        await wait(library, STEP)
    return backups


def posted(channel: ChannelHandle) -> int:
    return len(channel.history())


@pytest.mark.usefixtures("impatient")
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
    acts = Acts(library.store, library.guild_id, library.channel.id, READERS, Random(1))
    await acts.begin()
    before, now = await counts(library, tmp_path), library.clock()
    daily, serial = (library.ann.guild.create_text_channel(name) for name in ("daily", "serial"))
    schedule = Schedule(EVERY_DAY, time(15, 30), "Europe/Berlin")
    await library.store.daily.set(library.guild_id, daily.id, 1, schedule, None, "text", now)
    tale = await library.store.stories.find("A Long Tale")
    first, _ = await library.store.pages.ends(tale.id)
    await library.store.serials.start(library.guild_id, serial.id, 1, schedule, tale.id, first, now)
    settings = Settings(
        database=tmp_path / "oneshot.db",
        backups=tmp_path / "backups",
        backup_hours=BACKUP_HOURS,
        backups_kept=BACKUPS_KEPT,
    )
    (tmp_path / "backups").mkdir()
    try:
        backups = await live(library, acts, Rotation(library.store, settings, tmp_path / "backups"), span)
    finally:
        logging.getLogger().removeHandler(log)

    loops = {cog.qualified_name for cog in library.bot.cogs.values() if isinstance(cog, Outbox)}
    minutes = span // int(LOOK_SECONDS)
    often = range(int(0.98 * minutes) - 2, int(1.1 * minutes) + 60)
    assert loops and {name: looks[name] for name in loops if looks[name] not in often} == {}
    assert looks["pruned"] in (max(days, 1), days + 1)
    assert posted(daily) == posted(serial) == max(days, 1)
    assert abs(backups - span // (BACKUP_HOURS * HOUR)) <= 1
    assert len(list((tmp_path / "backups").iterdir())) == min(backups, BACKUPS_KEPT)
    overdue = f"SELECT count(*) FROM polls WHERE closed_at IS NULL AND closes_at < {int(library.clock()) - 60}"
    assert acts.polls and await library.store._db.number(overdue) == 0
    after, most = await counts(library, tmp_path), bounds(acts, span, before["quotes"] + 60)
    assert {*after} == {*BOUNDS}
    assert {table: rows for table, rows in after.items() if rows > most.get(table, 3 * before[table] + 60)} == {}
    assert acts.done >= 0.9 * ACTS_A_WEEK * span / WEEK and acts.refused < acts.done
    assert log.errors == [] and log.characters < LOG_A_WEEK * span / WEEK
    told = f"{acts.done:,} acts, {sum(looks.values()):,} looks, {backups} backups, {log.characters:,} characters of log"
    print(f"{told}\n{after}")
