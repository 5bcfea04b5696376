"""What readers only do is told so that two looks tell nothing of one reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anonymity import DAY_SECONDS, SMALLEST_GROUP, in_steps, released
from bot.store import Store
from tests.clock import Clock
from tests.votes import default_of

MIDNIGHT = 20_700 * DAY_SECONDS
WRITER, KNOWN = 77, 4242


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 9), st.integers(0, 9))
def test_a_told_count_stays_or_moves_by_five_readers(count: int, told: int, day: int, today: int) -> None:
    new = released(count, told, day, today)
    assert new == told or abs(new - told) >= SMALLEST_GROUP
    assert new == told or day < today


@pytest.mark.parametrize(("readers", "told"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_counts_are_told_in_steps(readers: int, told: int | None) -> None:
    assert in_steps(readers) == told


async def finish(store: Store, story: int, reader: int) -> None:
    for spot in await store.pages.ends(story):
        await store.places.move(reader, await store.pages.open(spot), 9)


async def save(store: Store, story: int, reader: int) -> None:
    row = await store._db.row("SELECT id FROM quotes WHERE story_id = ? LIMIT 1", (story,))
    assert row is not None
    await store.saved_quotes.keep(reader, row["id"], 9)


async def looked(store: Store, story: int) -> object:
    """All that a writer sees of what readers only did: the stats, the vote's details, the lists."""
    standing = await default_of(store, story, 9)
    return (
        await store.author_stats.readership(story),
        standing.finishers,
        await store.leaderboard.saves(story),
        [
            [(each.id, count) for each, count in await store.leaderboard.stories(by, since, guild, 100)]
            for by in ("reads", "saves")
            for since in ("week", "month", "ever")
            for guild in (0, 9)
        ],
        [(each.id, count) for each, count in await store.leaderboard.quotes("saves", "ever", 0, 100)],
    )


@pytest.mark.parametrize("others", [0, 3, 4, 5, 9, 10, 23])
@pytest.mark.parametrize("days", [0, 1])
async def test_two_looks_before_and_after_one_known_reader_are_the_same(
    store: Store, clock: Clock, others: int, days: int
) -> None:
    """The attack: a writer looks, one reader they know reads all and saves a quote, and the writer looks again."""
    story = (await store.stories.find("Lighthouse")).id
    clock.at = MIDNIGHT + 3600
    for reader in range(1, 1 + others):
        await finish(store, story, reader)
        await save(store, story, reader)
    clock.forward(DAY_SECONDS)
    before = await looked(store, story)
    clock.forward(60)
    await finish(store, story, KNOWN)
    await save(store, story, KNOWN)
    clock.forward(60 + days * DAY_SECONDS)
    after = await looked(store, story)
    assert after == before or (others == 4 and days)  # then the five are told together


async def test_the_numbers_move_once_five_more_have_read(store: Store, clock: Clock) -> None:
    story = (await store.stories.find("Lighthouse")).id
    clock.at = MIDNIGHT + 3600
    for reader in range(1, 6):
        await finish(store, story, reader)
    clock.forward(DAY_SECONDS)
    first = await store.author_stats.readership(story)
    assert first is not None and first.begun == 5 and first.finished == 5
    for reader in range(6, 11):
        await finish(store, story, reader)
        assert await store.author_stats.readership(story) == first
    assert [count for _, count in await store.leaderboard.stories("reads", "ever", 0, 5)] == [5]
    clock.forward(DAY_SECONDS)
    second = await store.author_stats.readership(story)
    assert second is not None and second.begun == 10
    assert [count for _, count in await store.leaderboard.stories("reads", "ever", 0, 5)] == [10]
