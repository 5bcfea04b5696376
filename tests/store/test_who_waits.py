"""Who waits for whom on PostgreSQL: a reader for who replaces the story, and nobody for what is done elsewhere."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

import pytest

from bot.domain.questions import DAY_SECONDS, NewQuestion, PostedQuestion, Rules
from bot.domain.schedules import NewPlan, RunLease, Schedule
from bot.domain.uploads import Draft, Upload
from bot.store import Store
from bot.store.database import Writing
from bot.store.engines import LIBRARY, Turn, alone, shared, whole_story
from bot.store.erased import keep_removed, was_removed
from bot.store.publishing import Publication, Source
from bot.store.questions import close_question
from bot.store.uploads import NewVersion, Publisher
from bot.store.versions import keep_files
from bot.store.visibility import FOLDER
from bot.stories.instalments import Instalment
from bot.stories.model import OpenPage, QuoteInContext
from tests.clock import Clock
from tests.postgresql import on_postgresql
from tests.sending import RAIN, send
from tests.votes import cast_vote, default_of

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="it is about PostgreSQL: make test-postgres")

ANN, BEN, GUILD, OTHER = 101, 102, 900, 901
FILE = Upload("rain.txt", b"It rained all day, and nobody minded.")
SOURCE = Source("rain.txt", 1, 0, "ab", 1)
DAILY = Schedule(frozenset(range(7)), time(18), "Europe/Berlin")


@asynccontextmanager
async def under_way(store: Store, change: Callable[[Writing], object]) -> AsyncIterator[None]:
    """A transaction that has made *change* and does not end before the block does."""
    made, may_end = threading.Event(), threading.Event()

    def hold(writing: Writing) -> None:
        change(writing)
        made.set()
        may_end.wait(30)

    holding = asyncio.create_task(store._db.write(hold))
    try:
        assert await asyncio.to_thread(made.wait, 30)
        yield
    finally:
        may_end.set()
        await holding


def taken(*turns: Turn) -> Callable[[Writing], None]:
    return lambda writing: writing.take(*turns)


async def waits(store: Store, act: asyncio.Task[object]) -> bool:
    """Whether *act* comes to wait for a lock before it is done."""
    while not act.done():
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        if await store._db.number(waiting):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader has to do with the story that is replaced."""

    page: OpenPage
    quote: QuoteInContext
    run: RunLease
    instalment: Instalment


async def known(store: Store) -> Known:
    story = await store.stories.find("Lighthouse")
    first, _ = await store.pages.ends(story.id)
    page, quote = await store.pages.open(first), await store.quotes.draw(f"user:{ANN}", story)
    serial = await store.serials.start(NewPlan(GUILD, 7, BEN, DAILY), story.id, first, store.clock())
    run = await store.schedules.begin_now(serial.plan.id, store.clock())
    instalment = await store.instalments.open(story.id, first, "page")
    assert run is not None and instalment is not None
    return Known(page, quote, run, instalment)


ACTS_IN_A_STORY: dict[str, Callable[[Store, Known], Coroutine[Any, Any, object]]] = {
    "turn": lambda store, of: store.places.turn(ANN, of.page.spot),
    "move": lambda store, of: store.places.move(ANN, of.page),
    "bookmark": lambda store, of: store.bookmarks.keep(ANN, of.page, ""),
    "list": lambda store, of: store.reading_lists.put(ANN, of.page.story.id, "later"),
    "follow": lambda store, of: store.follows.follow(ANN, "story", of.page.story.id, GUILD),
    "react": lambda store, of: store.reactions.toggle(of.page.story.id, ANN, "🔥", GUILD, of.page),
    "save a quote": lambda store, of: store.saved_quotes.keep(ANN, of.quote.id, GUILD),
    "save it no longer": lambda store, of: store.saved_quotes.drop(ANN, of.quote.id),
    "choose a quote": lambda store, of: store.quotes.choose(of.page.story.id, of.page.spot, "It is cold."),
    "post an instalment": lambda store, of: store.serials.finish(of.run, of.instalment, 5),
}


@pytest.mark.parametrize("act", ACTS_IN_A_STORY)
async def test_a_reader_waits_for_who_replaces_the_story(store: Store, act: str) -> None:
    of = await known(store)
    async with under_way(store, taken(alone("story", of.page.story.id))):
        acting = asyncio.create_task(ACTS_IN_A_STORY[act](store, of))
        assert await waits(store, acting)
    await acting


async def test_who_answers_waits_for_who_replaces_the_story(store: Store) -> None:
    story = await store.stories.find("Lighthouse")
    async with under_way(store, taken(*whole_story(story.id))):
        voting = asyncio.create_task(cast_vote(store, story.id, ANN, "continue", GUILD))
        assert await waits(store, voting)
    await voting


# -- what is done elsewhere ------------------------------------------------------------------------------


async def draft_of(store: Store) -> Draft:
    return await store.drafts.keep(GUILD, ANN, FILE, {})


async def publish(store: Store, draft: Draft, prepared: int | None = None) -> int:
    version = NewVersion(RAIN, SOURCE, prepared=prepared)
    return (await store.uploads.publish(draft, version, Publisher(draft.user))).story


async def uploaded(store: Store) -> int:
    return await publish(store, await draft_of(store))


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What there is in the server before somebody does something there."""

    draft: Draft
    waiting: Draft
    story: int


async def prepared(store: Store) -> None:
    async with store.preparing.written(str(GUILD), RAIN, member=ANN):
        pass


UPLOADS_ACTS: dict[str, Callable[[Store, Uploaded], Coroutine[Any, Any, object]]] = {
    "keep a draft": lambda store, _: draft_of(store),
    "drop a draft": lambda store, of: store.drafts.drop(of.draft.id, of.draft.user),
    "look for a removed file": lambda store, _: store.uploads.removed_by_managers(GUILD, "ab"),
    "count bytes": lambda store, _: store.server_uploads.bytes_used(GUILD),
    "prepare": lambda store, _: prepared(store),
    "publish": lambda store, of: publish(store, of.draft),
    "publish anew": lambda store, of: publish(store, replace(of.draft, replaces=of.story)),
    "publish as its author": lambda store, of: publish(store, replace(of.draft, wrote=True)),
    "send": lambda store, of: send(store, of.draft),
    "approve": lambda store, of: publish(store, of.waiting, of.waiting.story),
    "decline": lambda store, of: store.drafts.decline(of.waiting, ANN, ""),
    "take off": lambda store, of: store.uploads.take_off(of.story, GUILD, ANN, "author"),
    "put back": lambda store, of: store.uploads.restore(of.story, GUILD, ANN, "author"),
    "delete": lambda store, of: store.uploads.delete(of.story, GUILD, ANN),
    "take all off": lambda store, _: store.server_uploads.remove_all(GUILD, ANN, BEN),
    "hide": lambda store, of: store.publishing.hide(of.story, OTHER, BEN),
    "show": lambda store, of: store.publishing.restore(of.story, OTHER, BEN),
    "touch": lambda store, of: store.publishing.touch(of.story, SOURCE),
    "remove": lambda store, of: store.publishing.remove([of.story]),
    "load": lambda store, _: store.publishing.publish_all(FOLDER, [Publication("rain", RAIN, SOURCE)]),
    "refuse stories for adults": lambda store, _: store.publishing.take_adult(False),
}


@pytest.mark.parametrize("act", UPLOADS_ACTS)
async def test_nobody_waits_for_what_is_done_elsewhere(store: Store, act: str) -> None:
    elsewhere = await store.stories.find("Ferry")
    waiting = await send(store, await draft_of(store))
    of = Uploaded(await draft_of(store), waiting, await uploaded(store))
    turns = (alone("story", elsewhere.id), alone("reader", BEN), alone("server", 902), alone("reviews", 0))
    async with under_way(store, taken(*turns)):
        acting = asyncio.create_task(UPLOADS_ACTS[act](store, of))
        assert not await waits(store, acting)
        await acting


@pytest.mark.parametrize("act", ["prepare", "publish", "publish anew", "send", "approve", "decline", "delete", "load"])
async def test_stories_come_and_go_one_after_the_other(store: Store, act: str) -> None:
    """They change the same rows, such as how many stories are in English, and ask how much room there is."""
    waiting = await send(store, await draft_of(store))
    of = Uploaded(await draft_of(store), waiting, await uploaded(store))
    async with under_way(store, taken(LIBRARY)):
        acting = asyncio.create_task(UPLOADS_ACTS[act](store, of))
        assert await waits(store, acting)
    await acting


QUESTIONS_AT_AN_UPLOAD = ("keep a draft", "drop a draft", "look for a removed file", "count bytes")


@pytest.mark.parametrize("act", QUESTIONS_AT_AN_UPLOAD)
async def test_a_question_at_an_upload_waits_for_no_upload_of_another_member(store: Store, act: str) -> None:
    of = Uploaded(await draft_of(store), await draft_of(store), 0)
    async with under_way(store, taken(LIBRARY, alone("reader", BEN))):
        acting = asyncio.create_task(UPLOADS_ACTS[act](store, of))
        assert not await waits(store, acting)
        await acting


# -- rows that two share -----------------------------------------------------------------------------------


async def test_a_file_that_is_kept_again_while_its_last_draft_goes_is_there(store: Store) -> None:
    mine, theirs = await draft_of(store), await store.drafts.keep(GUILD, BEN, Upload("b.txt", b"Else."), {})

    def keep(writing: Writing) -> None:
        writing.take(alone("reader", BEN))
        keep_files(writing, "draft", theirs.id, FILE)

    async with under_way(store, keep):
        dropping = asyncio.create_task(store.drafts.drop(mine.id, ANN))
        assert await waits(store, dropping)
    await dropping
    assert (await store.drafts.find(theirs.id, BEN)).upload.data in (b"Else.", FILE.data)
    assert await store._db.number("SELECT count(*) FROM upload_bytes") == 2


async def test_two_who_first_leave_a_mark_use_one_key(store: Store) -> None:
    def mark(guild: int) -> Callable[[Writing], None]:
        def made(writing: Writing) -> None:
            writing.take(alone("server", guild))
            keep_removed(writing, guild, "ab", 0)

        return made

    async with under_way(store, mark(GUILD)):
        marking = asyncio.create_task(store._db.write(mark(OTHER)))
        assert await waits(store, marking)
    await marking
    for guild in (GUILD, OTHER):
        assert await store._db.read(lambda reading, guild=guild: was_removed(reading, guild, "ab", 0))


# -- questions, and servers that come and go ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of three stories, and a story without one of its own."""

    default: int
    own: int
    waiting: int
    running: int
    running_in: int
    quiet: int
    stories: tuple[int, ...]


def new_question(story: int, asker: int = ANN) -> NewQuestion:
    return NewQuestion(story, asker, GUILD, "Up or down?", ("Up", "Down"), "1", False)


async def asked(store: Store, clock: Clock) -> Asked:
    story, other = await store.stories.find("Lighthouse"), await store.stories.find("Ferry")
    longer, quiet = await uploaded(store), await uploaded(store)
    default = await default_of(store, story.id)
    own = await store.questions.ask(new_question(story.id))
    waiting = await store.questions.ask(new_question(other.id), waits=True)
    running = await store.questions.ask(replace(new_question(longer, BEN), ends="chapter"))
    clock.forward(2 * DAY_SECONDS)
    return Asked(default.id, own, waiting, running, longer, quiet, (story.id, other.id, longer, quiet))


QUESTIONS_ACTS: dict[str, Callable[[Store, Asked], Coroutine[Any, Any, object]]] = {
    "ask": lambda store, of: store.questions.ask(new_question(of.quiet)),
    "change": lambda store, of: store.questions.change(of.running, new_question(of.running_in)),
    "set rules": lambda store, of: store.questions.set_rules(of.default, Rules(5, "60")),
    "approve": lambda store, of: store.questions.approve(of.waiting),
    "decline": lambda store, of: store.questions.decline(of.waiting),
    "remove": lambda store, of: store.questions.remove(of.own, ANN),
    "close": lambda store, of: store.questions.close(of.own),
    "close what is due": lambda store, _: store.questions.close_due(),
    "reopen": lambda store, of: store.questions.reopen(of.default, "author"),
    "reply": lambda store, of: store.questions.reply(of.default, ANN, "author", "continue", "It goes on."),
}
OF_THE_OWN = ("remove", "close", "close what is due")


@pytest.mark.parametrize("act", QUESTIONS_ACTS)
async def test_nobody_who_asks_waits_for_what_is_done_elsewhere(store: Store, clock: Clock, act: str) -> None:
    elsewhere, of = await uploaded(store), await asked(store, clock)
    turns = (LIBRARY, alone("story", elsewhere), alone("reader", BEN), alone("server", 902), alone("reviews", 0))
    async with under_way(store, taken(*turns)):
        acting = asyncio.create_task(QUESTIONS_ACTS[act](store, of))
        assert not await waits(store, acting)
        await acting


@pytest.mark.parametrize("act", OF_THE_OWN)
async def test_who_closes_a_question_waits_for_those_who_answer_it(store: Store, clock: Clock, act: str) -> None:
    of = await asked(store, clock)
    async with under_way(store, taken(shared("question", of.own))):
        acting = asyncio.create_task(QUESTIONS_ACTS[act](store, of))
        assert await waits(store, acting)
    await acting


@pytest.mark.parametrize("act", QUESTIONS_ACTS)
async def test_who_changes_a_question_waits_for_who_replaces_the_story(store: Store, clock: Clock, act: str) -> None:
    of = await asked(store, clock)
    async with under_way(store, taken(*(alone("story", story) for story in of.stories))):
        acting = asyncio.create_task(QUESTIONS_ACTS[act](store, of))
        assert await waits(store, acting)
    await acting


async def test_a_post_that_is_recorded_while_its_question_closes_is_drawn_again(store: Store, clock: Clock) -> None:
    of = await asked(store, clock)

    def close(writing: Writing) -> None:
        writing.take(alone("question", of.own))
        close_question(writing, of.own, int(clock()))

    async with under_way(store, close):
        recording = asyncio.create_task(store.question_posts.record(PostedQuestion(of.own, GUILD, 5, 9)))
        assert await waits(store, recording)
    await recording
    post = await store.question_posts.claim(clock())
    assert post is not None and post.message == 9


async def test_who_asks_waits_for_who_asks_elsewhere_in_their_name(store: Store) -> None:
    """So nobody asks more in a day than they may."""
    story = await store.stories.find("Lighthouse")
    async with under_way(store, taken(alone("reader", ANN))):
        asking = asyncio.create_task(store.questions.ask(new_question(story.id)))
        assert await waits(store, asking)
    await asking


SERVERS_ACTS: dict[str, Callable[[Store], Coroutine[Any, Any, object]]] = {
    "leave": lambda store: store.departures.leave([GUILD]),
    "come back": lambda store: store.departures.come_back([GUILD]),
}


@pytest.mark.parametrize("act", SERVERS_ACTS)
async def test_a_server_that_comes_or_goes_waits_for_nobody(store: Store, act: str) -> None:
    async with under_way(store, taken(LIBRARY, alone("server", OTHER), alone("reader", ANN))):
        acting = asyncio.create_task(SERVERS_ACTS[act](store))
        assert not await waits(store, acting)
        await acting
