"""Votes on one story, or reactions, that come at once share a transaction, and each is refused or counted by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.questions import Choice, Question, Rules
from bot.errors import AlreadyDone, QuestionGone, ReaderError
from bot.store import Store
from bot.store.database import Database
from bot.store.done_interactions import answer_once, first_id
from bot.store.engines import Change
from tests.clock import Clock
from tests.databases import database_at
from tests.linking import linked
from tests.postgresql import on_postgresql
from tests.votes import (
    answer_vote,
    cast_vote,
    cast_votes,
    default_of,
    reopen_vote,
    set_rules,
    unvote,
    vote_of,
    votes_of,
)

ANN, BEN, CLEO, GUILD = 101, 102, 103, 5
HEART, FIRE = "❤️", "🔥"


@pytest.fixture
async def story(store: Store) -> int:
    return (await store.stories.find("Lighthouse")).id


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One for each transaction."""
    made: list[object] = []
    write_once = Database.write_once

    async def noting(db: Database, change: Change[object], *, is_once: bool) -> object:
        made.append(change)
        return await write_once(db, change, is_once=is_once)

    monkeypatch.setattr(Database, "write_once", noting)
    return made


async def cast_for(store: Store, interaction: int, story: int, reader: int, choice: Choice) -> None:
    """Cast a vote as the answer to an interaction of now: old ones are forgotten after each hundred."""
    answer_once(first_id(int(store.clock())) + interaction)
    await cast_vote(store, story, reader, choice, GUILD)


async def test_fifty_votes_at_once_are_one_transaction(store: Store, story: int, transactions: list[object]) -> None:
    await cast_votes(store, story, [(reader, "continue") for reader in range(50)], GUILD)
    assert (await votes_of(store, story)).overall == (50, 0)
    assert len(transactions) == 1


async def test_fifty_reactions_at_once_are_one_transaction(
    store: Store, story: int, transactions: list[object]
) -> None:
    page = await store.pages.open((await store.pages.ends(story))[0])
    last = await store.pages.open((await store.pages.ends(story))[1])
    await linked(store, story, CLEO)
    transactions.clear()
    presses = [(reader, HEART, None) for reader in range(40)]
    presses += [(ANN, HEART, page), (ANN, FIRE, last), (ANN, HEART, page), (ANN, FIRE, None), (BEN, FIRE, page)]
    presses += [(CLEO, FIRE, page), (BEN, FIRE, last)]
    made = await asyncio.gather(
        *(store.reactions.toggle(story, reader, emoji, GUILD, where) for reader, emoji, where in presses),
        return_exceptions=True,
    )
    assert len(transactions) == 1
    assert [isinstance(each, ReaderError) for each in made] == [reader == CLEO for reader, _, _ in presses]
    answers = [each.given for each in made if not isinstance(each, BaseException)]
    assert answers == [{HEART}] * 41 + [{FIRE}, set(), set(), {FIRE}, {FIRE}], "of the page that was pressed on"
    given = [await store.reactions.of(story, reader) for reader in (0, ANN, BEN, CLEO)]
    assert given == [{HEART}, set(), {FIRE}, set()], "what Ann gave to the last page she took back with the story's"
    assert {each.emoji.key: each.readers for each in await store.reactions.tally(story)} == {HEART: 40, FIRE: 1}
    assert await store.leaderboard.stories("reactions", "ever", 0, 1) == [(page.story, 41)]


async def test_reactions_from_two_processes_are_all_counted(store: Store, story: int, others: Store) -> None:
    emoji = [HEART, FIRE]
    await asyncio.gather(
        *(
            each.reactions.toggle(story, 1000 * number + reader, emoji[(reader + number) % 2], GUILD)
            for number, each in enumerate((store, others))
            for reader in range(150)
        )
    )
    assert {each.emoji.key: each.readers for each in await store.reactions.tally(story)} == {HEART: 150, FIRE: 150}


async def test_more_than_a_batch_takes_are_all_counted(store: Store, story: int) -> None:
    await cast_votes(store, story, [(reader, "leave") for reader in range(450)], GUILD)
    assert (await votes_of(store, story)).overall == (0, 450)


async def test_who_may_not_vote_hinders_nobody(store: Store, story: int) -> None:
    await linked(store, story, ANN)
    outcomes = await cast_votes(store, story, [(reader, "continue") for reader in (ANN, BEN, CLEO)], GUILD)
    assert isinstance(outcomes[0], ReaderError) and all(isinstance(each, Question) for each in outcomes[1:])
    assert (await votes_of(store, story)).overall == (2, 0)


async def test_nobody_votes_on_what_is_gone_or_closed(store: Store, story: int) -> None:
    with pytest.raises(QuestionGone):
        await store.ballots.cast(10**6, ANN, 1, GUILD)
    await answer_vote(store, story, ANN, "author", "continue", "")
    outcomes = await cast_votes(store, story, [(reader, "continue") for reader in (BEN, CLEO)], GUILD)
    assert [str(error) for error in outcomes] == ["question-closed", "question-closed"]


async def test_a_reader_who_changes_their_mind_at_once_has_the_last_vote(store: Store, story: int) -> None:
    choices: tuple[Choice, ...] = ("continue", "leave", "continue", "leave")
    await cast_votes(store, story, [(ANN, choice) for choice in choices], GUILD)
    assert await vote_of(store, story, ANN) == "leave"
    assert (await votes_of(store, story)).overall == (0, 1)


async def test_each_interaction_votes_once_within_a_batch_and_after_it(store: Store, story: int) -> None:
    asked = [
        asyncio.create_task(cast_for(store, number, story, reader, "continue"))
        for number, reader in ((1, ANN), (2, BEN), (1, ANN))
    ]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) >= 2
    await unvote(store, story, ANN)
    again = [
        asyncio.create_task(cast_for(store, number, story, reader, "leave")) for number, reader in ((1, ANN), (3, CLEO))
    ]
    came, new = await asyncio.gather(*again, return_exceptions=True)
    assert isinstance(came, AlreadyDone) and new is None
    assert (await votes_of(store, story)).overall == (1, 1)


async def test_a_vote_that_was_refused_may_come_again(store: Store, story: int) -> None:
    await answer_vote(store, story, ANN, "author", "continue", "")
    for _ in range(2):
        with pytest.raises(ReaderError, match="question-closed"):
            await asyncio.create_task(cast_for(store, 1, story, BEN, "continue"))
    await reopen_vote(store, story, "author")
    await asyncio.create_task(cast_for(store, 1, story, BEN, "continue"))
    assert await vote_of(store, story, BEN) == "continue"


@pytest.fixture
async def others(tmp_path: Path, store: Store, clock: Clock) -> AsyncIterator[Store]:
    """The store of another process."""
    async with Store.open(database_at(tmp_path / "oneshot.db"), clock) as opened:
        yield opened


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one process")
async def test_processes_that_count_the_same_story_at_once_count_every_vote(
    store: Store, others: Store, story: int
) -> None:
    async def vote(first: int) -> None:
        for reader in range(first, first + 400, 8):
            where = others if reader % 2 else store
            await cast_vote(where, story, reader, "continue", GUILD + reader % 3)
            if reader % 5 == 0:
                await unvote(store if reader % 2 else others, story, reader)

    await asyncio.gather(*(vote(first) for first in range(8)))
    assert (await votes_of(store, story)).overall == (320, 0)
    assert await store._db.number("SELECT count(*) FROM ballots") == 320
    scores = "SELECT count FROM leaderboard WHERE counted = 'votes' AND guild_id = 0 AND period = 'all' AND id = :story"
    assert await store._db.number(scores, {"story": story}) == 320


async def test_hidden_counts_stay_hidden_in_a_batch(store: Store, story: int) -> None:
    await set_rules(store, story, Rules(hidden=True))
    await cast_votes(store, story, [(reader, "continue") for reader in range(5)], GUILD)
    assert await store._db.number("SELECT go_on FROM stories WHERE id = :story", {"story": story}) == 0
    assert (await default_of(store, story, GUILD)).voters == 5


def _task_of(work: str) -> asyncio.Task[object]:
    """Return the task that does *work* for all who wait."""
    [task] = [task for task in asyncio.all_tasks() if work in repr(task.get_coro())]
    return task


@pytest.mark.sqlite("there one task begins what many wait for, on a thread")
@pytest.mark.parametrize("is_begun", [False, True])
async def test_who_writes_never_waits_for_ever_though_the_task_that_writes_for_all_is_cancelled(
    store: Store, is_begun: bool
) -> None:
    async with asyncio.timeout(20):
        writing = asyncio.create_task(store.bot_state.write("lamp", "out"))
        await asyncio.sleep(0)  # the task is made, and has not begun
        if is_begun:
            await asyncio.sleep(0)
        _task_of("_Shared._work").cancel()
        await asyncio.gather(writing, return_exceptions=True)
        await store.bot_state.write("lamp", "lit")
        assert await store.bot_state.read("lamp") == "lit"


@pytest.mark.parametrize("is_begun", [False, True])
async def test_who_votes_never_waits_for_ever_though_the_task_that_counts_for_all_is_cancelled(
    store: Store, story: int, is_begun: bool
) -> None:
    question = (await default_of(store, story)).id
    async with asyncio.timeout(20):
        voting = asyncio.create_task(store.ballots.cast(question, ANN, 1, GUILD))
        await asyncio.sleep(0)
        if is_begun:
            await asyncio.sleep(0)
        _task_of("Batches._work").cancel()
        await asyncio.gather(voting, return_exceptions=True)
        await cast_vote(store, story, BEN, "continue", GUILD)
    assert (await votes_of(store, story)).all >= 1
