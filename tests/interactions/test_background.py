"""What the bot asks by itself: how much a second over all processes, and how often of a channel that refuses."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import discord
import pytest
from aiohttp import ClientSession, web
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from bot.domain.host import Shards
from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.interactions import background
from bot.interactions.background import (
    BETWEEN_SECONDS,
    PAUSE_SECONDS,
    InvalidRequests,
    Pace,
    Whom,
    asks_by_itself,
)
from bot.store import Store
from tests.clock import Clock
from tests.databases import database_at
from tests.library import Library
from tests.owning import administrator
from tests.seen import shown, text_of

HOUR, DAY, WEEK = 60 * 60, 24 * 60 * 60, 7 * 24 * 60 * 60
LATE_SECONDS = 5 * 60


class Time:
    """Time that goes on to the hour of the next sleeper once all have done what they can."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._numbers = count()
        self._asking = 0

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heapq.heappush(self._sleepers, (self._clock() + seconds, next(self._numbers), woken))
        await woken.wait()

    def with_database(self, take: Take) -> Take:
        """Return *take*, for which time waits."""

        async def taken(bucket: int, between: float, most: float) -> float | None:
            self._asking += 1
            try:
                return await take(bucket, between, most)
            finally:
                self._asking -= 1

        return taken

    async def live(self, *lives: Awaitable[None]) -> None:
        """Let all of them run to their end."""
        ends = asyncio.gather(*lives)
        while not ends.done():
            for _ in range(8):  # from a wake to the next question or sleep it is fewer turns of the loop
                await asyncio.sleep(0)
            if self._asking:
                await asyncio.sleep(0.0002)
            elif self._sleepers:
                self._clock.at, _, woken = heapq.heappop(self._sleepers)
                woken.set()
        await ends


Take = Callable[[int, float, float], Awaitable[float | None]]


async def send_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: dict[Whom, int], processes: int
) -> list[tuple[Whom, float, float]]:
    """Have *processes* send jobs that become due within one minute; return whom each was for, when due, when sent."""
    clock = Clock()
    clock.at = begun = 1_000_000.0
    time, sent = Time(clock), list[tuple[Whom, float, float]]()
    monkeypatch.setattr(background, "BETWEEN_SECONDS", BETWEEN_SECONDS)

    async def work(pace: Pace, whom: Whom, mine: int) -> None:
        for number in range(mine):
            due_at = begun + 60 * number / mine
            if clock() < due_at:
                await time.sleep(due_at - clock())
            await pace.wait(whom)
            sent.append((whom, due_at, clock()))

    async with AsyncExitStack() as stack:
        lives = list[Awaitable[None]]()
        for own in range(processes):
            shards = Shards(processes, (own,))
            store = await stack.enter_async_context(
                Store.open(database_at(tmp_path / "oneshot.db"), clock, shards=shards)
            )
            monkeypatch.setattr(store.sending_times, "take", time.with_database(store.sending_times.take))
            pace = Pace(store, InvalidRequests(clock), time.sleep)
            lives += [work(pace, whom, total // processes) for whom, total in jobs.items()]
        await time.live(*lives)
    return sent


def busiest(times: list[float], seconds: float) -> int:
    """The most of *times* that lie within a number of seconds."""
    times = sorted(times)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize("posts", [600, pytest.param(3_000, marks=pytest.mark.slow)])
async def test_posts_of_one_minute_are_out_within_five(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, posts: int, processes: int
) -> None:
    to_readers = posts * 3 // 10
    sent = await send_all(tmp_path, monkeypatch, {"server": posts, "reader": to_readers}, processes)
    assert len(sent) == posts + to_readers
    late = [at - due_at for whom, due_at, at in sent if whom == "server"]
    assert max(late) <= LATE_SECONDS and sorted(late)[len(late) // 2] < 120
    assert busiest([at for _, _, at in sent], 1) <= 30
    assert busiest([at for whom, _, at in sent if whom == "reader"], 10) <= 101


async def test_without_the_database_each_process_is_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> float:
        raise ReaderError("database-away")

    slept = list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with Store.open(database_at(tmp_path / "oneshot.db"), shards=Shards(2, (0,))) as store:
        monkeypatch.setattr(store.sending_times, "take", away)
        await Pace(store, InvalidRequests(store.clock), sleep).wait("server")
    assert slept == [background.UNCOORDINATED_SECONDS]


async def test_what_goes_to_readers_waits_its_turn_among_readers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = list[Whom]()

    async def wait(_: Pace, whom: Whom) -> None:
        waited.append(whom)

    monkeypatch.setattr(Pace, "wait", wait)
    assert await post(library, library.channel)
    with asks_by_itself("reader"):
        await (await library.bot.create_dm(discord.Object(library.ann.id))).send("Good evening")
    assert waited[0] == "server" and {*waited[1:]} == {"reader"}


# -- channels that refuse -------------------------------------------------------------------


def posts(library: Library, channel: ChannelHandle) -> int:
    path = f"/channels/{channel.id}/messages"
    return sum((each.method, each.path) == ("POST", path) for each in library.env.http_requests)


def refuse(
    library: Library, channel: ChannelHandle, times: int | None = None, *, status: int = 403, code: int = 50013
) -> None:
    library.env.inject_error("POST", f"/channels/{channel.id}/messages", status=status, code=code, times=times)


async def post(library: Library, channel: ChannelHandle) -> bool:
    """Have the bot post by itself; return whether it could."""
    found = library.bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    try:
        with asks_by_itself():
            await found.send("Good evening")
    except (discord.Forbidden, discord.NotFound):
        return False
    return True


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10003)], ids=["closed", "gone"])
async def test_a_channel_that_refuses_costs_ten_requests_in_a_week(library: Library, status: int, code: int) -> None:
    refuse(library, library.channel, status=status, code=code)
    before, begun = posts(library, library.channel), library.clock()
    while library.clock() < begun + WEEK:
        assert not await post(library, library.channel)
        library.clock.forward(10 * 60)
    assert 3 < posts(library, library.channel) - before <= 10


async def test_one_that_refuses_once_is_tried_again_and_then_as_ever(library: Library) -> None:
    refuse(library, library.channel, times=1)
    assert [await post(library, library.channel) for _ in range(2)] == [False, False]
    library.clock.forward(PAUSE_SECONDS[0] - 1)
    assert not await post(library, library.channel)
    library.clock.forward(1)
    assert [await post(library, library.channel) for _ in range(2)] == [True, True]
    refuse(library, library.channel, times=1)
    assert not await post(library, library.channel)
    library.clock.forward(PAUSE_SECONDS[0])
    assert await post(library, library.channel), "the refusal before it counts no more"


async def test_what_a_reader_presses_is_tried_all_the_same(library: Library) -> None:
    refuse(library, library.channel, times=1)
    assert not await post(library, library.channel)
    found = library.bot.get_channel(library.channel.id)
    assert isinstance(found, discord.TextChannel)
    await found.send("Not by itself")


async def test_a_refusal_of_one_message_closes_no_channel(library: Library) -> None:
    library.env.inject_error("POST", f"/channels/{library.channel.id}/messages", status=403, code=200000, times=1)
    assert [await post(library, library.channel) for _ in range(2)] == [False, True]


async def test_managers_see_which_channel_is_closed_until_permissions_come_back(library: Library) -> None:
    mira, news = administrator(library, "mira"), library.ann.guild.create_text_channel("news")
    await library.store.settings.change_server(
        library.guild_id, lambda _: ServerSettings(news_channel=news.id, steps_hidden=True)
    )

    async def panel() -> str:
        return text_of(shown(await mira.slash(library.channel, "manage settings")))

    assert "can't post" not in await panel()
    refuse(library, news, times=1)
    assert not await post(library, news)
    assert "Discord refused my last post there" in await panel()
    await allow(library, news, send_messages=False)
    assert "Missing permissions: Send Messages" in await panel()
    await allow(library, news, add_reactions=False)
    assert "refused" not in await panel() and "can't post" not in await panel()
    assert await post(library, news)
    library.env.backend.delete_channel(news.id)
    await library.env.settle()
    assert "the channel is gone" in await panel()


async def test_the_log_names_a_channel_that_misses_messages_once_until_one_passes(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    def named() -> int:
        return sum(f"Channel {library.channel.id} gets no messages" in record.message for record in caplog.records)

    refusals = library.bot.background.refusals
    for _ in range(2):
        refusals.leave_out(library.channel.id, "it is closed")
    assert named() == 1
    assert await post(library, library.channel)
    refusals.leave_out(library.channel.id, "it is closed")
    assert named() == 2


async def allow(library: Library, channel: ChannelHandle, **permissions: bool) -> None:
    """Change what the bot may do in a channel."""
    allowed, denied = discord.PermissionOverwrite(**permissions).pair()
    overwrite = Overwrite(
        target_id=library.env.backend.bot_user.id,
        type=OverwriteType.MEMBER,
        allow=allowed.value,
        deny=denied.value,
    )
    library.env.backend.set_overwrite(channel.id, overwrite)
    await library.env.settle()


# -- what Discord counts --------------------------------------------------------------------


async def test_refused_requests_are_counted_for_ten_minutes(clock: Clock) -> None:
    invalid = InvalidRequests(clock)

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=int(request.match_info["status"]))

    app = web.Application()
    app.router.add_get("/{status}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        async with ClientSession(trace_configs=[invalid.trace()]) as session:
            for status in (200, 204, 400, 401, 403, 404, 429, 500):
                async with session.get(f"http://{host}:{port}/{status}"):
                    pass
    finally:
        await runner.cleanup()
    assert invalid.count() == 4
    assert invalid.seconds_until_fewer(5) == 0 and invalid.seconds_until_fewer(4) == 600
    clock.forward(599)
    assert invalid.count() == 4
    clock.forward(1)
    assert invalid.count() == 0


async def test_background_work_waits_where_discord_would_ban_the_bot(store: Store) -> None:
    invalid, slept = InvalidRequests(store.clock), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    for _ in range(background.MOST_INVALID - 1):
        invalid.note(403)
    pace = Pace(store, invalid, sleep)
    await pace.wait("server")
    assert slept == [0]
    invalid.note(401)
    await pace.wait("server")
    assert slept == [0, 600, 0]
