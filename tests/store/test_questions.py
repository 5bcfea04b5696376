"""Questions in the store: closed once, drawn by one process at a time, and gone when they are to be."""

from __future__ import annotations

import asyncio
import threading
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.host import Shards
from bot.domain.questions import DAY_SECONDS, Finishers, NewQuestion, PostedQuestion, Rules
from bot.errors import QuestionGone, ReaderError
from bot.store import Store, ballots
from bot.store.ballots import DRAWN_SECONDS
from bot.store.question_posts import LEASE_SECONDS
from tests.clock import Clock
from tests.databases import connected, database_at
from tests.linking import linked
from tests.postgresql import on_postgresql
from tests.votes import cast_vote, close_vote, default_of, set_rules

GUILD, CHANNEL, READER = 8 << 22, 5, 1000

ON_POSTGRESQL = pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer: make test-postgres")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "oneshot.db"


def new(story: int, asker: int = 1, *, ends: str = "chapter", hidden: bool = False) -> NewQuestion:
    return NewQuestion(story, asker, GUILD, "What next?", ("Row on", "Row back"), ends, hidden)  # type: ignore[arg-type]


async def lighthouse(store: Store) -> int:
    return (await store.stories.find("Lighthouse")).id


async def posted(store: Store, count: int = 1, guild: int = GUILD) -> int:
    """Ask under a story, and post it so many times."""
    question = await store.questions.ask(new(await lighthouse(store)))
    for message in range(1, count + 1):
        await store.question_posts.record(PostedQuestion(question, guild, CHANNEL, message))
    return question


# -- posts --------------------------------------------------------------------------


async def test_two_processes_never_draw_the_same_post_at_a_time(store: Store, file: Path, clock: Clock) -> None:
    question = await posted(store, 30)
    await store.questions.close(question)
    async with Store.open(database_at(file), clock) as other:
        claims = (each.question_posts.claim(clock()) for _ in range(20) for each in (store, other))
        got = [each.message for each in await asyncio.gather(*claims) if each is not None]
        assert sorted(got) == list(range(1, 31))
        assert await other.question_posts.claim(clock()) is None


async def test_each_process_draws_the_posts_of_its_servers(store: Store, file: Path, clock: Clock) -> None:
    question = await posted(store, 3)
    await store.question_posts.record(PostedQuestion(question, 9 << 22, CHANNEL, 9))
    await store.questions.close(question)
    for own, messages in (((0, 2), [1, 2, 3]), ((1,), [9])):
        async with Store.open(database_at(file), clock, shards=Shards(4, own)) as process:
            got = list[int]()
            while (post := await process.question_posts.claim(clock())) is not None:
                got.append(post.message)
                await process.question_posts.drawn(post)
            assert got == messages


async def test_one_who_lost_the_lease_neither_ends_nor_puts_off_the_work_of_the_next(
    store: Store, clock: Clock
) -> None:
    question = await posted(store)
    await store.questions.close(question)
    slow = await store.question_posts.claim(clock())
    clock.forward(LEASE_SECONDS)
    next_one = await store.question_posts.claim(clock())
    assert slow is not None and next_one is not None and next_one.tries == 2
    await store.question_posts.drawn(slow)
    await store.question_posts.put_off(slow, clock() + 10**6)
    assert await store.question_posts.next_due() == int(clock()) + LEASE_SECONDS
    await store.question_posts.drawn(next_one)
    assert await store.question_posts.next_due() is None


async def test_an_answer_while_a_post_is_drawn_makes_it_due_once_more_in_a_minute_and_a_close_at_once(
    store: Store, clock: Clock
) -> None:
    question = await posted(store)
    await store.ballots.cast(question, READER, 1, GUILD)
    assert await store.question_posts.next_due() == int(clock()) + DRAWN_SECONDS
    clock.forward(DRAWN_SECONDS)
    for _ in range(2):
        post = await store.question_posts.claim(clock())
        assert post is not None
        for reader in range(3):
            await store.ballots.cast(question, READER + reader, 2, GUILD)
            clock.forward(1)
        await store.question_posts.drawn(post)
        due = await store.question_posts.next_due()
        assert due == int(clock()) - 3 + DRAWN_SECONDS
        clock.forward(DRAWN_SECONDS)
    post = await store.question_posts.claim(clock())
    await store.ballots.cast(question, READER, 1, GUILD)
    await store.questions.close(question)
    assert post is not None
    await store.question_posts.drawn(post)
    assert (await store.question_posts.next_due() or 0) <= clock()


def lock(file: Path, message: int) -> AbstractContextManager[object]:
    """Keep a post from being changed meanwhile; raises where somebody else has changed it and is not done."""
    found = ExitStack()
    beside = found.enter_context(connected(file))
    beside.execute(f"SELECT 1 FROM question_posts WHERE message_id = {message} FOR UPDATE NOWAIT")
    return found


def wait_for_lock(file: Path, kind: str, over: threading.Event) -> None:
    """Return once a transaction waits: on a "transactionid" for a row, on an "advisory" for a turn; or it is *over*."""
    with connected(file) as beside:
        while not over.is_set():
            if beside.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = ?", (kind,)).fetchone():
                return


@ON_POSTGRESQL
async def test_posts_are_changed_in_the_order_of_their_messages_so_that_no_two_wait_for_each_other(
    store: Store, file: Path
) -> None:
    question = await posted(store, 0)
    for message in (3, 2, 1):  # as they stand in the table
        await store.question_posts.record(PostedQuestion(question, GUILD, CHANNEL, message))
    with lock(file, 1):
        answering = asyncio.create_task(store.ballots.cast(question, READER, 1, GUILD))
        await asyncio.to_thread(wait_for_lock, file, "transactionid", threading.Event())
        for message in (2, 3):
            with lock(file, message):
                pass
    await answering
    assert await store.question_posts.next_due() is not None


@ON_POSTGRESQL
async def test_a_post_is_drawn_with_the_answers_that_are_being_stored_when_it_is_due(
    store: Store, file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = await posted(store)
    await store.ballots.cast(question, READER, 1, GUILD)
    clock.forward(DRAWN_SECONDS)
    has_begun, may_end, is_over, draw = threading.Event(), threading.Event(), threading.Event(), ballots.draw_posts

    def slowly(*given: Any, **options: Any) -> None:
        draw(*given, **options)
        has_begun.set()
        may_end.wait(10)

    async def drawn() -> int:
        assert await store.question_posts.claim(clock()) is not None
        voters = (await store.questions.find(question, GUILD)).voters
        is_over.set()
        return voters

    monkeypatch.setattr(ballots, "draw_posts", slowly)
    answering = asyncio.create_task(store.ballots.cast(question, READER + 1, 1, GUILD))
    await asyncio.to_thread(has_begun.wait)
    drawing = asyncio.create_task(drawn())
    await asyncio.to_thread(wait_for_lock, file, "advisory", is_over)
    may_end.set()
    await answering
    assert await drawing == 2


# -- closing ------------------------------------------------------------------------


async def test_what_is_over_is_closed_once_by_whichever_process_looks_first(
    store: Store, file: Path, clock: Clock
) -> None:
    question = await store.questions.ask(new(await lighthouse(store), ends="1"))
    asked_at = (await store.questions.find(question, None)).asked_at
    clock.forward(DAY_SECONDS + 500)
    async with Store.open(database_at(file), clock) as other:
        closed = await asyncio.gather(*(each.questions.close_due() for _ in range(3) for each in (store, other)))
    assert sum(closed) == 1
    assert (await store.questions.find(question, None)).closed_at == asked_at + DAY_SECONDS
    with pytest.raises(ReaderError, match="question-closed"):
        await store.questions.close(question)


async def test_answers_and_a_close_at_once_leave_counts_that_are_those_of_the_ballots(
    store: Store, file: Path, clock: Clock
) -> None:
    question = await store.questions.ask(new(await lighthouse(store)))
    async with Store.open(database_at(file), clock) as other:
        casts = [(store, other)[n % 2].ballots.cast(question, READER + n, n % 2 + 1, GUILD) for n in range(60)]
        done = await asyncio.gather(*casts[:30], store.questions.close(question), *casts[30:], return_exceptions=True)
        kept = [each for each in done if not isinstance(each, BaseException)]
    rows = await store._db.rows("SELECT number FROM ballots WHERE question_id = :q", {"q": question})  # pyright: ignore[reportPrivateUsage]
    counts = (await store.questions.find(question, GUILD)).counts
    assert counts is not None and counts.overall == counts.here
    assert counts.overall == tuple(sum(row["number"] == number for row in rows) for number in (1, 2))
    assert len(rows) == len(kept) - 1, "each is stored that was taken, and none besides"


async def test_an_answer_delivered_twice_at_once_counts_once(store: Store, file: Path, clock: Clock) -> None:
    question = await store.questions.ask(new(await lighthouse(store)))
    async with Store.open(database_at(file), clock) as other:
        await asyncio.gather(
            *(each.ballots.cast(question, READER, 2, GUILD) for _ in range(5) for each in (store, other))
        )
    counts = (await store.questions.find(question, GUILD)).counts
    assert counts is not None and counts.overall == counts.here == (0, 1)


async def test_one_asked_twice_at_once_is_asked_once(store: Store, file: Path, clock: Clock) -> None:
    story = await lighthouse(store)
    async with Store.open(database_at(file), clock) as other:
        asks = (each.questions.ask(new(story, asker)) for asker in (1, 2) for each in (store, other))
        done = await asyncio.gather(*asks, return_exceptions=True)
    assert sum(isinstance(each, int) for each in done) == 1
    assert {each.message for each in done if isinstance(each, ReaderError)} == {"question-open"}


# -- hidden counts ------------------------------------------------------------------


async def test_hidden_counts_are_in_nothing_that_is_read_before_the_close(store: Store) -> None:
    story = await lighthouse(store)
    question = await store.questions.ask(new(story, hidden=True))
    for reader in range(3):
        await store.ballots.cast(question, READER + reader, 1, GUILD)
    found = [
        await store.questions.asked(story, GUILD),
        await store.questions.find(question, GUILD),
        *[each for each in await store.questions.of(story, GUILD, 10) if not each.is_default],
    ]
    assert [(each.counts, each.outcome, each.voters) for each in found] == [(None, None, 3)] * 3
    assert await store.questions.closed(story, GUILD, 3) == []
    await store.questions.close(question)
    counts = (await store.questions.find(question, GUILD)).counts
    assert counts is not None and counts.overall == (3, 0)


# -- what goes ----------------------------------------------------------------------


async def test_one_that_is_removed_is_nowhere_and_goes_for_good_within_two_days(store: Store, clock: Clock) -> None:
    story = await lighthouse(store)
    question = await posted(store)
    await store.ballots.cast(question, READER, 1, GUILD)
    await store.questions.remove(question, 1)
    with pytest.raises(QuestionGone):
        await store.questions.find(question, GUILD)
    with pytest.raises(QuestionGone):
        await store.questions.reply(question, 1, "author", None, "Back again.")
    with pytest.raises(QuestionGone):
        await store.questions.change(question, new(story))
    with pytest.raises(ReaderError):
        await store.ballots.cast(question, READER, 1, GUILD)
    assert [each.is_default for each in await store.questions.of(story, GUILD, 10)] == [True]
    assert "What next?" not in str(await store.privacy.export(1)) + str(await store.privacy.export(READER))
    for table in ("ballots", "answers", "answer_counts"):
        assert not await store._db.rows(f"SELECT 1 FROM {table} WHERE question_id = :q", {"q": question})  # pyright: ignore[reportPrivateUsage]
    clock.forward(DAY_SECONDS)
    await store.pruning.prune()
    assert not await store._db.rows("SELECT 1 FROM questions WHERE id = :q", {"q": question})  # pyright: ignore[reportPrivateUsage]


async def test_the_default_is_never_removed_nor_made_an_own_one(store: Store) -> None:
    story = await lighthouse(store)
    default = await default_of(store, story)
    for refused in (
        store.questions.remove(default.id, 1),
        store.questions.change(default.id, new(story)),
        store.questions.change(default.id, new(story), waits=True),
        store.questions.approve(default.id),
        store.questions.decline(default.id),
    ):
        with pytest.raises(QuestionGone):
            await refused
    assert (await store.questions.asked(story, None)).id == default.id


async def test_who_answered_is_forgotten_a_year_after_it_closed_and_the_counts_stay(store: Store, clock: Clock) -> None:
    story = await lighthouse(store)
    question = await store.questions.ask(new(story))
    await store.ballots.cast(question, READER, 1, GUILD)
    await store.questions.close(question)
    clock.forward(366 * DAY_SECONDS)
    await store.pruning.prune()
    assert await store.ballots.of(question, READER) is None
    await linked(store, story, READER)
    await store.privacy.delete(READER)
    found = await store.questions.find(question, GUILD)
    assert found.counts is not None and found.counts.overall == found.counts.here == (1, 0)


async def test_a_post_that_arrives_once_its_question_is_closed_is_drawn_again(store: Store, clock: Clock) -> None:
    question = await store.questions.ask(new(await lighthouse(store)))
    await store.questions.close(question)
    await store.question_posts.record(PostedQuestion(question, GUILD, CHANNEL, 1))
    assert await store.question_posts.claim(clock()) is not None


# -- what is told -----------------------------------------------------------------


async def test_a_question_is_open_for_its_days_from_when_it_was_approved(store: Store, clock: Clock) -> None:
    story = (await store.stories.find("Ferry")).id
    asked = NewQuestion(story, READER, GUILD, "Which way?", ("Left", "Right"), "1", hidden=False)
    question = await store.questions.ask(asked, waits=True)
    clock.forward(3 * DAY_SECONDS)
    await store.questions.approve(question)
    clock.forward(DAY_SECONDS - 1)
    assert (await store.questions.asked(story, GUILD)).id == question
    clock.forward(1)
    assert (await store.questions.asked(story, GUILD)).is_default


async def test_how_those_who_finished_answered_is_told_only_where_the_counts_are(store: Store, clock: Clock) -> None:
    story = (await store.stories.find("Ferry")).id
    await set_rules(store, story, Rules(hidden=True))
    _, last = await store.pages.ends(story)
    for reader in range(SMALLEST_GROUP):
        await store.places.move(1000 + reader, await store.pages.open(last), GUILD)
        await cast_vote(store, story, 1000 + reader, "continue", GUILD)
    clock.forward(DAY_SECONDS)
    assert (await default_of(store, story)).finishers == Finishers()
    await close_vote(store, story)
    assert (await default_of(store, story)).finishers == Finishers(go_on=SMALLEST_GROUP)
