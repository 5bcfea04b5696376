"""Daily quotes and a serial, for a year and as clocks change, through random mishaps: once each day, in order."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from simcord.builders import ChannelHandle

from bot.domain.schedules import EVERY_DAY, LEASE_SECONDS, NewPlan, Schedule
from bot.interactions.client import Oneshot
from bot.services.schedules import ScheduledPosting
from bot.services.sending import RunMessages
from bot.store import Store
from tests import samples
from tests.clock import instant, start_at
from tests.databases import connections, database_at
from tests.library import Library
from tests.postgresql import on_postgresql
from tests.seen import footer_of

pytestmark = pytest.mark.sqlite("it is about days and clocks")

STEPS = (60, 2 * LEASE_SECONDS, 3 * 3600, 5 * 3600, 9 * 3600)
"""Seconds between two looks at what is due. After one that went wrong there is another within the day."""


class Killed(BaseException):
    """The process ends here."""


async def killed_before(*_: object) -> int:
    raise Killed


async def killed_after(sending: RunMessages, *values: Any) -> int:
    await _send(sending, *values)
    raise Killed


async def unheard(sending: RunMessages, *values: Any) -> int:
    await _send(sending, *values)
    raise TimeoutError


async def refused(*_: object) -> int:
    raise TimeoutError


_send = RunMessages.send
MISHAPS: list[Callable[..., Awaitable[int]]] = [killed_before, killed_after, unheard, refused]


@pytest.mark.parametrize(
    ("zone", "at", "first", "days"),
    [  # times that the clocks skip in spring, and show twice in autumn
        pytest.param("Europe/Berlin", "02:30", "2026-02-01", 365, marks=pytest.mark.slow),
        ("Europe/Berlin", "02:30", "2026-03-10", 30),
        ("Europe/Berlin", "02:30", "2026-10-10", 30),
        ("America/New_York", "02:30", "2026-02-20", 30),
        ("America/New_York", "02:30", "2026-10-20", 30),
        ("Australia/Lord_Howe", "02:15", "2026-03-20", 30),
        ("Australia/Lord_Howe", "02:15", "2026-09-20", 30),
    ],
)
async def test_each_day_has_one_quote_and_one_instalment(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, at: str, first: str, days: int
) -> None:
    monkeypatch.setattr("bot.services.reactions.MOST_MESSAGES", 0)  # a restart need not look at a year of messages
    await library.load({"long.txt": samples.sized("A Long Tale", 400)})
    noon = f"{first} 12:00"
    begins, ends = instant(noon), instant(noon) + days * 24 * 3600
    await start_at(library, noon)
    story = await library.store.stories.find("A Long Tale")
    page, _ = await library.store.pages.ends(story.id)
    serial = library.ann.guild.create_text_channel("serial")
    schedule = Schedule(EVERY_DAY, time.fromisoformat(at), zone)
    await library.store.daily.set(NewPlan(library.guild_id, library.channel.id, 1, schedule), None, "text", begins)
    where = (library.guild_id, serial.id, 1)
    await library.store.serials.start(NewPlan(*where, schedule), story.id, page, begins)
    await live_through(library, tmp_path / "oneshot.db", monkeypatch, random.Random(zone), (begins, ends))
    for channel in (library.channel, serial):
        assert_one_in_each_day(channel, schedule, date.fromisoformat(first), days)
    places = [re.match(r"Part (\d+)", footer_of(message)) for message in serial.history()]
    assert [int(place[1]) for place in places if place] == list(range(1, days + 1))


def assert_one_in_each_day(channel: ChannelHandle, schedule: Schedule, first: date, days: int) -> None:
    """Between when one is due and when the next is there is one message, and there is none besides."""
    due = [schedule.on(first + timedelta(days=1 + n)) for n in range(days + 1)]
    begins = [run.at for run in due if run]
    assert len(begins) == days + 1  # the last is after the end
    sent = [message.created_at.timestamp() for message in channel.history()]
    assert [sum(begin <= at < end for at in sent) for begin, end in pairwise(begins)] == [1] * days
    assert len(sent) == days


async def live_through(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch, chance: random.Random, span: tuple[float, float]
) -> None:
    """The days of *span*, by two processes that look now and then; what they send is killed, refused, or unheard of."""
    (now, end), bot, had_mishap = span, bot_of(library), False
    async with Store.open(database_at(path), library.clock) as other:
        for store in (
            () if on_postgresql() else (library.store, other)
        ):  # a year's worth of commits to disk would be all that this test does
            await connections(store)[0].execute("PRAGMA synchronous = OFF")
        while now < end:
            now = min(now + chance.choice(STEPS), end)
            if chance.random() < 0.02:
                await library.restart()
                bot = bot_of(library)
            had_mishap = not had_mishap and chance.random() < 0.3
            with monkeypatch.context() as patched, suppress(Killed):
                if had_mishap:
                    patched.setattr(RunMessages, "send", chance.choice(MISHAPS))
                await look(bot, chance.choice([library.store, other]), library, now)
        await look(bot, library.store, library, now + 2 * LEASE_SECONDS)


async def look(bot: Oneshot, store: Store, library: Library, now: float) -> None:
    """Post what is due by *now*, from one process or the other."""
    library.env.backend.advance_clock(now - library.env.now().timestamp())
    posting = ScheduledPosting(bot)
    posting._store = store  # pyright: ignore[reportPrivateUsage]
    while (begun := await store.schedules.begin(now)) is not None:
        await posting.post(begun)


def bot_of(library: Library) -> Oneshot:
    bot = library.env.bot
    assert isinstance(bot, Oneshot)
    return bot
