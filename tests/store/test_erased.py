"""Deleting is for good, and no way round what protects others."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.domain.reactions import Emoji, Post
from bot.domain.reviews import HOUR_SECONDS, REVIEWS_AN_HOUR, NewReview, Viewer
from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.store import Store
from bot.store.audit import record
from bot.store.database import Writing
from bot.store.erased import EMOJI_SECONDS, HELD_SECONDS
from bot.store.limits import hold_stories
from tests.clock import Clock
from tests.databases import copied, rows_with
from tests.seen import is_refusal

ANN, BEN, GUILD, NOW = 424_242_424_242, 515_151_515_151, 7, 1_790_000_000
FIRE = Emoji("🔥")
WORDS = "The ferry never came, and I waited for it gladly."


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.at = NOW
    return clock


async def story_of(store: Store, title: str = "Lighthouse") -> int:
    return (await store.stories.find(title)).id


async def leave(store: Store, reader: int, story: int, text: str = WORDS, chapter: int = 0) -> int:
    review = NewReview(reader, "ann", story, chapter, GUILD, text, is_new_account=False)
    return await store.reviews.leave(review, store.clock())


async def state_of(store: Store, review: int) -> str:
    return (await store.review_lists.find(review, Viewer(ANN, GUILD, moderates=True))).state


async def test_emoji_from_before_are_not_counted_again(store: Store, clock: Clock) -> None:
    story = await story_of(store)
    await store.posts.record(Post(77, 1, GUILD), story)
    await store.message_emoji.settle(77, FIRE, [ANN, BEN])
    clock.forward(60)
    [told] = await store.reactions.tally(story)
    assert told.readers == 2
    await store.privacy.delete(ANN)
    [told] = await store.reactions.tally(story)
    assert told.readers == 1
    await store.message_emoji.settle(77, FIRE, [ANN, BEN])
    [told] = await store.reactions.tally(story)
    assert told.readers == 1
    clock.forward(60)
    await store.posts.record(Post(78, 1, GUILD), story)
    await store.message_emoji.settle(78, FIRE, [ANN])
    [told] = await store.reactions.tally(story)
    assert told.readers == 2


async def test_a_review_that_was_hidden_is_held_when_it_comes_again(store: Store) -> None:
    story = await story_of(store)
    await store.reviews.hide(await leave(store, ANN, story), GUILD, BEN)
    await store.privacy.delete(ANN)
    assert await state_of(store, await leave(store, ANN, story)) == "held"


async def test_a_review_that_was_reported_is_held_when_it_comes_again(store: Store, clock: Clock) -> None:
    story = await story_of(store)
    await store.reviews.report(BEN, await leave(store, ANN, story), "unkind", NOW)
    for _ in range(2):  # what was held leaves a mark of its own, as what was reported does
        await store.privacy.delete(ANN)
        clock.forward(HELD_SECONDS - 1)
        assert await state_of(store, await leave(store, ANN, story)) == "held"
    await store.privacy.delete(ANN)
    clock.forward(HELD_SECONDS + 1)
    assert await state_of(store, await leave(store, ANN, story)) == "shown"


async def test_a_review_that_nobody_minded_leaves_no_mark(store: Store) -> None:
    story = await story_of(store)
    await leave(store, ANN, story)
    await store.privacy.delete(ANN)
    assert await state_of(store, await leave(store, ANN, story)) == "shown"


async def test_a_flood_is_held_back_whatever_is_deleted_between(store: Store, clock: Clock) -> None:
    story = await story_of(store)
    for number in range(REVIEWS_AN_HOUR):
        await leave(store, ANN, story, f"{WORDS} {number}")
        await store.privacy.delete(ANN)
    with pytest.raises(ReaderError, match="reviews-too-many"):
        await leave(store, ANN, story)
    await leave(store, BEN, story)
    clock.forward(2 * HOUR_SECONDS)
    await leave(store, ANN, story)


async def test_a_report_stays_and_is_not_made_twice(store: Store) -> None:
    review = await leave(store, ANN, await story_of(store))
    await store.reviews.report(BEN, review, "unkind", NOW)
    await store.privacy.delete(BEN)
    await store.reviews.report(BEN, review, "unkind", NOW)
    rows = await store._db.rows("SELECT user_id, reason FROM review_reports")
    assert [row["reason"] for row in rows] == ["unkind"] and rows[0]["user_id"] < 0


async def test_a_report_by_one_whose_data_was_deleted_goes_in_time_and_others_stay(store: Store, clock: Clock) -> None:
    review = await leave(store, ANN, await story_of(store))
    for reader in (BEN, 99):
        await store.reviews.report(reader, review, "unkind", NOW)
    await store.privacy.delete(BEN)
    clock.at = NOW + HELD_SECONDS - 1
    await store.pruning.prune()
    assert await store._db.number("SELECT count(*) FROM review_reports") == 2
    clock.forward(1)
    await store.pruning.prune()
    assert await store._db.number("SELECT user_id FROM review_reports") == 99


async def test_what_stays_names_no_reader_and_goes_in_time(store: Store, clock: Clock, tmp_path: Path) -> None:
    story = await story_of(store)
    await store.posts.record(Post(77, 1, GUILD), story)
    await store.message_emoji.settle(77, FIRE, [ANN])
    await store.reviews.hide(await leave(store, ANN, story), GUILD, BEN)
    await store.privacy.delete(ANN)
    assert rows_with(tmp_path / "oneshot.db", ANN) == {}
    assert await store._db.number("SELECT count(*) FROM erased") == 3
    clock.forward(max(EMOJI_SECONDS, HELD_SECONDS) + 1)
    await store.privacy.delete(BEN)
    assert await store._db.number("SELECT count(*) FROM erased") == 0


@pytest.mark.sqlite("PostgreSQL has files of its own")
async def test_what_is_deleted_is_overwritten_whichever_sqlite_there_is(
    folder: Path, loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's SQLite overwrites by itself; those that Python and others bring along do not."""
    connect = sqlite3.connect

    def plain(*place: Any, **options: Any) -> sqlite3.Connection:
        db = connect(*place, **options)
        db.execute("PRAGMA secure_delete = OFF")
        return db

    monkeypatch.setattr("bot.store.engines.sqlite.sqlite3.connect", plain)
    path = copied(loaded / "oneshot.db", tmp_path / "oneshot.db")
    async with Store.open(path) as store:
        await leave(store, ANN, await story_of(store))
    assert WORDS.encode() in path.read_bytes()
    async with Store.open(path) as store:
        await store.privacy.delete(ANN)
    assert WORDS.encode() not in path.read_bytes()


async def test_the_day_limit_on_submissions_outlives_a_deletion(store: Store, clock: Clock) -> None:
    chosen = replace(ServerSettings(), stories_a_day=2)
    story = await story_of(store)

    def submit(writing: Writing, guild: int = GUILD) -> None:
        record(writing, guild, ANN, "publish", story, now=int(store.clock()))
        hold_stories(writing, guild, ANN, chosen, int(store.clock()))

    for _ in range(2):
        await store._db.write(submit)
    await store.privacy.delete(ANN)
    with pytest.raises(ReaderError) as refusal:
        await store._db.write(submit)
    assert is_refusal(refusal.value, "limit-stories")
    await store._db.write(partial(submit, guild=GUILD + 1))
    clock.forward(24 * 60 * 60 + 2)
    await store._db.write(submit)
