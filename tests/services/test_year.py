"""A year of daily quotes and of a serial, over clock changes and through random mishaps: once each day, in order."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from simcord.builders import ChannelHandle

from bot.domain.recurrence import EVERY_DAY, Schedule
from bot.domain.schedules import LEASE_SECONDS
from bot.domain.times import read_time
from bot.interactions.client import Oneshot
from bot.services.scheduled_messages import RunMessages
from bot.services.schedules import ScheduledPosting
from bot.store import Store
from tests import samples
from tests.clock import instant, start_at
from tests.conftest import Library, footer_of

FIRST, LAST = "2026-02-01 12:00", "2027-02-01 12:00"
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
    ("zone", "time"),
    [  # times that the clocks skip in spring, and show twice in autumn
        ("Europe/Berlin", "02:30"),
        ("America/New_York", "02:30"),
        ("Australia/Lord_Howe", "02:15"),
    ],
)
async def test_each_day_of_a_year_has_one_quote_and_one_instalment(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, time: str
) -> None:
    monkeypatch.setattr("bot.services.reaction_sync.MOST_MESSAGES", 0)  # a restart need not look at a year of messages
    await library.load({"long.txt": samples.sized("A Long Tale", 400)})
    await start_at(library, FIRST)
    story = await library.store.stories.find("A Long Tale")
    first, _ = await library.store.pages.ends(story.id)
    serial, schedule = library.ann.guild.create_text_channel("serial"), Schedule(EVERY_DAY, read_time(time), zone)
    await library.store.daily.set(library.guild_id, library.channel.id, 1, schedule, None, "text", instant(FIRST))
    where = (library.guild_id, serial.id, 1)
    await library.store.serials.start(*where, schedule, story.id, first, instant(FIRST))
    await live_through(library, tmp_path / "oneshot.db", monkeypatch, random.Random(zone))
    for channel in (library.channel, serial):
        assert_one_in_each_day(channel, schedule)
    places = [re.match(r"Part (\d+)", footer_of(message)) for message in serial.history()]
    assert [int(place[1]) for place in places if place] == list(range(1, 366))


def assert_one_in_each_day(channel: ChannelHandle, schedule: Schedule) -> None:
    """Between when one is due and when the next is there is one message, and there is none besides."""
    due = [schedule.on(date(2026, 2, 2) + timedelta(days=n)) for n in range(366)]
    begins = [run.at for run in due if run]
    assert len(begins) == 366  # the last is after the end
    sent = [message.created_at.timestamp() for message in channel.history()]
    assert [sum(begin <= at < end for at in sent) for begin, end in pairwise(begins)] == [1] * 365
    assert len(sent) == 365


async def live_through(library: Library, path: Path, monkeypatch: pytest.MonkeyPatch, chance: random.Random) -> None:
    """The year, by two processes that look now and then; what they send is killed, refused, or never heard of."""
    bot, had_mishap, now = bot_of(library), False, instant(FIRST)
    async with Store.open(path, library.clock) as other:
        for store in (library.store, other):  # a year's worth of commits to disk would be all that this test does
            await store._db._writer.execute("PRAGMA synchronous = OFF")  # pyright: ignore[reportPrivateUsage]
        while now < instant(LAST):
            now = min(now + chance.choice(STEPS), instant(LAST))
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
