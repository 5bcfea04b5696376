"""The outbox: what waits is handed out once, in its order, and all of one message together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.notices import REPLY, STORY, Notice
from bot.store import Store
from bot.store.outbox import queue_notice
from tests.databases import database_at

GUILD, ANN, BEN = 1 << 22, 5, 6


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store.open(database_at(tmp_path / "oneshot.db")) as store:
        yield store


async def queue(store: Store, *notices: Notice, at: float = 0) -> None:
    for notice in notices:
        await store._db.write(lambda writing, notice=notice: queue_notice(writing, notice, at))


async def claimed(store: Store, now: float = 0) -> list[Notice]:
    found = list[Notice]()
    while notice := await store.outbox.claim(now):
        found.append(notice)
    return found


async def test_notices_come_as_they_were_queued_and_those_of_servers_first(empty: Store) -> None:
    lapsed, approved = Notice("lapsed", GUILD, ANN, 1, "A", ""), Notice("approved", GUILD, ANN, 2, "B")
    refused, review = Notice("refused", GUILD, BEN, 3, "C", "Too long."), Notice("review", GUILD, 0, 4)
    await queue(empty, refused, lapsed, review, approved)
    assert await claimed(empty) == [review, refused, lapsed, approved]


async def test_what_waits_already_is_one_message(empty: Store) -> None:
    await queue(empty, *[Notice("review", GUILD, 0, 4)] * 2, Notice("review", GUILD, 0, 5))
    assert [notice.subject for notice in await claimed(empty)] == [4, 5]


async def test_one_message_tells_all_that_waits_of_its_subject(empty: Store) -> None:
    await queue(empty, Notice("updates", 0, ANN, 7, items=(STORY, "12")), Notice("updates", 0, ANN, 8, items=("3",)))
    await queue(empty, Notice("updates", 0, ANN, 7, items=("9", REPLY)), at=60)
    first, other = await claimed(empty)
    assert (first.subject, first.ids, set(first.items)) == (7, (9, 12), {STORY, REPLY, "9", "12"})
    assert (other.subject, other.items) == (8, ("3",))


async def test_what_was_put_back_comes_at_its_time_and_counts_its_tries(empty: Store) -> None:
    await queue(empty, Notice("refused", GUILD, ANN, 3, "C", "Too long."))
    [notice] = await claimed(empty)
    assert await empty.outbox.next_due() is None
    await empty.outbox.put_back(notice, 60)
    assert await claimed(empty, 59) == [] and await empty.outbox.next_due() == 60
    [again] = await claimed(empty, 60)
    assert (again.tries, again.title, again.reason) == (1, "C", "Too long.")


async def test_of_the_outbox_the_host_sees_how_much_is_due(empty: Store) -> None:
    await queue(empty, Notice("updates", 0, ANN, 7, items=(STORY, "12")), Notice("review", GUILD, 0, 4), at=3)
    await queue(empty, Notice("lapsed", GUILD, ANN, 1), at=2)
    await queue(empty, Notice("reviews", 0, BEN, 0, items=("1",)), at=2**40)
    waiting = {queue.name: (queue.length, queue.oldest) for queue in await empty.heartbeats.queues()}
    assert waiting == {"updates": (2, 3), "reviews": (0, None), "notices": (2, 2)}
