"""What readers keep is dealt, and what an author or a mod takes out is not."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from bot.domain.quotes import KEEPERS
from bot.store import Store
from bot.stories.model import StorySummary
from tests.clock import Clock
from tests.linking import linked

DAY = 86_400
OLD = [(number + 1) << 22 for number in range(KEEPERS)]
"""Readers whose accounts are from the first milliseconds of Discord."""


async def story_of(store: Store) -> StorySummary:
    return await store.stories.find("Lighthouse")


async def picked(store: Store) -> int:
    """Return the id of a passage that a reader picked and that is not among the story's quotes."""
    story = await story_of(store)
    near = await store.quotes.draw("guild:9", story)
    return await store.quotes.choose(story.id, near.spot, near.text[:30])


async def dealt(store: Store) -> set[int]:
    story = await story_of(store)
    rows = await store._db.rows("SELECT id FROM quotes WHERE story_id = ? AND number IS NOT NULL", (story.id,))
    drawn = {(await store.quotes.draw("guild:1", story)).id for _ in (*rows, *rows)}
    assert drawn == {row["id"] for row in rows}
    return drawn


@pytest.mark.parametrize(
    ("savings", "joins"),
    [
        ([(reader, 5, day) for day, reader in enumerate(OLD)], True),
        ([(reader, 5 + n, 0) for n, reader in enumerate(OLD)], True),
        ([(reader, 5, 0) for reader in OLD], False),
        ([(reader, 0, 0) for reader in OLD], False),
        ([(reader, 5, day) for day, reader in enumerate(OLD[1:])], False),
    ],
    ids=["over three days", "in two servers", "at once", "in direct messages", "two readers"],
)
async def test_a_passage_that_three_readers_keep_joins_its_storys_quotes(
    store: Store, clock: Clock, savings: list[tuple[int, int, int]], joins: bool
) -> None:
    quote, start = await picked(store), clock()
    for reader, guild, day in savings:
        clock.at = start + day * DAY
        await store.saved_quotes.keep(reader, quote, guild)
    assert (quote in await dealt(store)) == joins


async def test_an_author_and_a_new_account_bring_no_passage_among_the_quotes(store: Store, clock: Clock) -> None:
    quote, start = await picked(store), clock()
    await linked(store, (await story_of(store)).id, OLD[0])
    new = int((start - 1_420_070_400 - DAY) * 1000) << 22
    for day, reader in enumerate((*OLD, new)):
        clock.at = start + day * DAY
        await store.saved_quotes.keep(reader, quote, 5)
    assert quote not in await dealt(store)
    await store.saved_quotes.keep(9 << 22, quote, 5)
    assert quote in await dealt(store)


async def test_a_quote_that_was_taken_out_stays_out_whoever_keeps_it(store: Store, clock: Clock) -> None:
    story = await story_of(store)
    quote, start = (await store.quotes.draw("guild:1", story)).id, clock()
    await store.quotes.take_out(quote)
    for day, reader in enumerate(OLD):
        clock.at = start + day * DAY
        await store.saved_quotes.keep(reader, quote, 5)
    assert quote not in await dealt(store)
    await store.quotes.put_back(quote)
    await store.quotes.put_back(quote)
    assert quote in await dealt(store)


async def test_what_more_readers_saved_comes_earlier_in_a_round_and_nothing_twice(store: Store) -> None:
    random.seed(3)
    story = await story_of(store)
    saved = (await store.quotes.draw("guild:9", story)).id
    for reader in (7, 8):
        await store.saved_quotes.keep(reader, saved, 5)
    many = len(await dealt(store))
    places: list[int] = []
    for server in range(100, 200):
        drawn = [(await store.quotes.draw(f"guild:{server}", story)).id for _ in range(many)]
        assert len(set(drawn)) == many
        places.append(drawn.index(saved))
    assert mean(places) < 0.4 * many, "about half of them if by chance alone"
