"""Every table has a bound: what grows by time goes by age, and what people fill has a kind end."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bot.domain.anonymity import DAY_SECONDS
from bot.domain.questions import NewQuestion
from bot.domain.reactions import Post
from bot.domain.uploads import Upload
from bot.errors import ReaderError
from bot.store import Store
from bot.store.done_interactions import first_id
from bot.store.leaderboard import Score, count_scores
from bot.store.pruning import BOUNDS, POST_SECONDS, SCORE_DAYS, SESSION_SECONDS, YEAR_SECONDS
from bot.store.quotes import CHOSEN_OF_STORY
from bot.stories.model import Spot, StorySummary
from tests.clock import Clock
from tests.databases import columns
from tests.votes import cast_vote, vote_of

NOW, GUILD, ANN, BEN = 1_790_000_000, 7, 11, 12


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.at = NOW
    return clock


async def rows(store: Store, table: str) -> int:
    return await store._db.number(f"SELECT count(*) FROM {table}")


async def test_every_table_has_a_bound(store: Store, tmp_path: Path) -> None:
    assert columns(tmp_path / "oneshot.db").keys() == set(BOUNDS)


async def story_of(store: Store) -> StorySummary:
    return await store.stories.find("Lighthouse")


async def test_messages_go_after_a_year_and_shared_readings_after_half_a_one(store: Store, clock: Clock) -> None:
    story = await story_of(store)
    message = first_id(NOW)
    await store.posts.record(Post(message, 2, GUILD), story.id)
    await store.shared_readings.begin(message, story.id, ANN)
    clock.forward(SESSION_SECONDS)
    await store.pruning.prune()
    assert (await rows(store, "posts"), await rows(store, "shared_readings")) == (1, 1)
    clock.forward(1)
    await store.pruning.prune()
    assert (await rows(store, "posts"), await rows(store, "shared_readings")) == (1, 0)
    clock.forward(POST_SECONDS - SESSION_SECONDS)
    await store.pruning.prune()
    assert await rows(store, "posts") == 0


async def test_queries_and_drafts_go(store: Store, clock: Clock) -> None:
    await store.saved_queries.keep(ANN, "stories", "{}")
    await store.drafts.keep(GUILD, ANN, Upload("a.txt", b"It rained.", {}), {})
    await store.pruning.prune()
    kept = ("saved_queries", "drafts", "upload_files", "upload_bytes")
    assert [await rows(store, table) for table in kept] == [1, 1, 1, 1]
    clock.forward(DAY_SECONDS + 1)
    await store.pruning.prune()
    assert [await rows(store, table) for table in kept] == [1, 0, 0, 0]
    clock.forward(29 * DAY_SECONDS - 2)
    await store.pruning.prune()
    assert await rows(store, "saved_queries") == 1
    clock.forward(1)
    await store.pruning.prune()
    assert await rows(store, "saved_queries") == 0


async def test_scores_of_old_weeks_and_empty_ones_go(store: Store, clock: Clock) -> None:
    story = (await story_of(store)).id
    await store._db.write(partial(count_scores, scores=[Score("story", "votes", GUILD, NOW, story, 1)]))
    await store._db.write(partial(count_scores, scores=[Score("quote", "votes", GUILD, NOW, 5, 1)]))
    await store._db.write(partial(count_scores, scores=[Score("quote", "votes", GUILD, NOW, 5, -1)]))
    clock.forward(DAY_SECONDS)
    await store.pruning.prune()
    assert await rows(store, "leaderboard WHERE kind = 'quote'") == 0
    assert await rows(store, "leaderboard") == 6
    clock.forward(SCORE_DAYS * DAY_SECONDS)
    await store.pruning.prune()
    assert await rows(store, "leaderboard") == await rows(store, "leaderboard WHERE period = 'all'") == 2


async def test_who_answered_a_closed_question_is_forgotten_after_a_year_and_the_counts_stay(
    store: Store, clock: Clock
) -> None:
    story = (await story_of(store)).id
    await cast_vote(store, story, BEN, "continue", GUILD)
    question = await store.questions.ask(NewQuestion(story, ANN, GUILD, "What next?", ("Stay", "Go"), "chapter", False))
    await store.ballots.cast(question, BEN, 2, GUILD)
    clock.forward(YEAR_SECONDS)
    await store.pruning.prune()
    assert await store.ballots.of(question, BEN) == 2, "it is open"
    await store.questions.close(question)
    clock.forward(YEAR_SECONDS)
    await store.pruning.prune()
    assert await store.ballots.of(question, BEN) is None and await vote_of(store, story, BEN) == "continue"
    found = await store.questions.find(question, GUILD)
    assert found.counts is not None and found.counts.overall == (0, 1)


async def test_chosen_quotes_that_nobody_saved_go_and_are_bounded(store: Store) -> None:
    story = await story_of(store)
    first, _ = await store.pages.ends(story.id)
    saved = await store.quotes.choose(story.id, first, "kept words")
    await store.saved_quotes.keep(ANN, saved, GUILD)
    for number in range(CHOSEN_OF_STORY):
        await store.quotes.choose(story.id, Spot(first.chapter, number), "some words")
    with pytest.raises(ReaderError, match="too-many-chosen"):
        await store.quotes.choose(story.id, first, "other words")
    await store.pruning.prune()
    assert await rows(store, "quotes WHERE number IS NULL") == CHOSEN_OF_STORY + 1  # of this day
    await store.pruning.prune()
    assert await rows(store, "quotes WHERE number IS NULL") == 1
    await store.quotes.choose(story.id, first, "other words")


async def test_a_deck_of_a_story_that_is_gone_goes(store: Store) -> None:
    story = await story_of(store)
    for each in (0, story.id, story.id + 1000):  # the last as of a quote that was drawn while its story was deleted
        await store._db.execute(
            "INSERT INTO quote_decks (scope, story_id, deck) VALUES ('guild:5', :story, '[]')", {"story": each}
        )
    await store.pruning.prune()
    kept = await store._db.rows("SELECT story_id FROM quote_decks ORDER BY story_id")
    assert [row["story_id"] for row in kept] == [0, story.id]


async def test_it_is_due_once_a_day(store: Store, clock: Clock) -> None:
    assert await store.pruning.next_due() <= clock()
    await store.pruning.prune()
    assert await store.pruning.next_due() == NOW + DAY_SECONDS
