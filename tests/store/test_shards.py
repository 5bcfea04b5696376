"""What is due is handed out by shard, and the times at which shards may identify are handed out once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.host import ALL_SHARDS, Shards
from bot.domain.notices import Notice
from bot.domain.reactions import Post
from bot.store import Store
from bot.store.database import Database
from bot.store.outbox import queue_notice
from tests.clock import Clock
from tests.databases import database_at

SERVERS = [number << 22 for number in range(1, 9)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "oneshot.db"


def notice(server: int) -> Notice:
    return Notice("review", server, 0, 7, "", "")


async def test_each_process_gets_what_is_due_in_its_own_servers(file: Path) -> None:
    got = list[int]()
    async with Database.open(database_at(file)) as db:
        for server in SERVERS:
            await db.write(lambda writing, server=server: queue_notice(writing, notice(server), 0))
    for own in ((0, 2), (1,)):
        async with Store.open(database_at(file), shards=Shards(4, own)) as store:
            while (job := await store.outbox.claim(1)) is not None:
                assert (job.guild >> 22) % 4 in own
                got.append(job.guild)
    assert sorted(got) == [server for server in SERVERS if (server >> 22) % 4 != 3]


async def test_each_process_looks_after_its_servers_messages_and_the_first_after_direct_ones(
    store: Store, file: Path
) -> None:
    story = await store.stories.find("Lighthouse")
    for message, guild in enumerate([None, *SERVERS]):
        await store.posts.record(Post(message, 5, guild), story.id)
    got = list[list[int]]()
    for own in ((0,), (1, 2, 3)):
        async with Store.open(database_at(file), shards=Shards(4, own)) as process:
            got.append([post.message for post in await process.posts.latest(20, 0)])
    assert got == [[8, 4, 0], [7, 6, 5, 3, 2, 1]]


def test_a_bot_in_one_process_has_every_server() -> None:
    assert all(map(ALL_SHARDS.have, SERVERS)) and ALL_SHARDS.are_all
    assert [Shards(4, (1,)).have(server) for server in SERVERS[:4]] == [True, False, False, False]


async def test_shards_of_a_bucket_identify_five_seconds_apart(file: Path) -> None:
    clock = Clock()
    clock.at = 1_000_000
    async with Store.open(database_at(file), clock) as one, Store.open(database_at(file), clock) as other:
        taken = await asyncio.gather(*(store.identify_times.take(0, 5, 45) for store in (one, other) * 6))
        times = sorted(each for each in taken if each is not None)
        assert times == [float(5 * number) for number in range(10)] and taken.count(None) == 2
        assert await one.identify_times.take(1, 5, 45) == 0, "another bucket has times of its own"
        assert await one.sending_times.take(0, 5, 45) == 0, "so has another purpose"
        clock.at += 20
        assert await one.identify_times.take(0, 5, 45) == 30
        clock.at -= 10_000  # the clock was wrong by hours
        assert await one.identify_times.take(0, 5, 45) == 0
