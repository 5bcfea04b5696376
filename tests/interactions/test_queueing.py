"""Who is answered first when more press than can be answered at once, and who is not answered at all."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from discord.utils import snowflake_time
from hypothesis import given
from hypothesis import strategies as st
from simcord.actors import MemberActor
from simcord.enums import InteractionType
from simcord.results import InteractionResult

from bot.interactions.answering import Ages
from tests.busy_writer import busy_writer
from tests.interactions.conftest import Begun, let_time_pass
from tests.library import Library
from tests.screens import read_at
from tests.seen import Message, ids_by_label, shown, text_of
from tests.votes import votes_of

GO_ON, LEAVE = "I want more", "Perfect as is"


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.interactions.answering.AT_ONCE", 1)


async def last_page(library: Library) -> Message:
    return shown(await read_at(library, library.ann, story="Lighthouse", page=6))


def press(library: Library, reader: MemberActor, message: Message, label: str = GO_ON) -> InteractionResult:
    """Press a button, and do not wait for the answer."""
    data = {"custom_id": ids_by_label(message)[label], "component_type": 2}
    [result] = library.deliver(message, [(reader, InteractionType.MESSAGE_COMPONENT, data)])
    return result


def in_order_of_answers(library: Library, *presses: InteractionResult) -> list[InteractionResult]:
    """*presses* in the order in which Discord got the first answer to each."""
    ids = [
        int(parts[2])
        for parts in (request.path.split("/") for request in library.env.http_requests)
        if parts[1] == "interactions"
    ]
    return sorted(presses, key=lambda each: ids.index(each._interaction.id))


async def test_presses_are_answered_in_the_order_in_which_they_came(library: Library) -> None:
    page, cleo = await last_page(library), library.join("cleo")
    async with busy_writer(library.store._db):
        worked_on = press(library, library.ann, page)
        early = press(library, library.ben, page)
        young = press(library, cleo, page)
        later = press(library, library.ben, page, LEAVE)
    await library.env.settle()
    answered = in_order_of_answers(library, worked_on, early, young, later)
    assert answered == [worked_on, early, young, later]
    votes = (await votes_of(library.store, await library.id_of("Lighthouse"))).overall
    assert votes == (2, 1)


async def test_one_that_was_deferred_while_it_waited_keeps_its_place(
    library: Library, watched: asyncio.Queue[Begun]
) -> None:
    page, cleo = await last_page(library), library.join("cleo")
    await watched.get()
    async with busy_writer(library.store._db):
        press(library, library.ann, page)
        await watched.get()
        late = press(library, library.ben, page)
        await let_time_pass(watched)
        assert late.acknowledged
        young = press(library, cleo, page)
    await library.env.settle()
    assert "Your vote is in!" in text_of(late.followups[0]) and "Your vote is in!" in text_of(young.followups[0])
    assert late.followups[0].id < young.followups[0].id
    assert "3 of 3 want more" in text_of(page)


async def test_one_that_cannot_be_deferred_is_not_worked_on(library: Library, watched: asyncio.Queue[Begun]) -> None:
    page = await last_page(library)
    await watched.get()
    async with busy_writer(library.store._db):
        press(library, library.ann, page)
        await watched.get()
        late = press(library, library.ben, page)
        library.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
        await let_time_pass(watched)
    await library.env.settle()
    assert not late.acknowledged and not late.followups
    assert "1 of 1 want more" in text_of(page)


async def test_who_is_told_that_the_bot_is_busy_holds_nobody_up(
    library: Library, watched: asyncio.Queue[Begun]
) -> None:
    page = await last_page(library)
    await watched.get()
    async with busy_writer(library.store._db):
        press(library, library.ann, page)
        await watched.get()
        asked = press(library, library.ben, page, "Review")
        await let_time_pass(watched)
        assert "I'm busy right now" in shown(asked).content
        later = press(library, library.ben, page)
    await library.env.settle()
    assert "Your vote is in!" in text_of(later.followups[0])


async def test_a_lookup_waits_for_no_act_of_its_reader(
    library: Library, monkeypatch: pytest.MonkeyPatch, watched: asyncio.Queue[Begun]
) -> None:
    monkeypatch.setattr(library.bot.answering, "_places", asyncio.Semaphore(2))
    page, settings = await last_page(library), shown(await library.ann.slash(library.channel, "settings"))
    while not watched.empty():
        watched.get_nowait()
    async with busy_writer(library.store._db):
        vote = press(library, library.ann, page)
        await watched.get()
        looked = press(library, library.ann, settings, "More")
        looking, _ = await watched.get()
        await asyncio.wait((looking.task,))
        assert looked.acknowledged and not vote.acknowledged
    await library.env.settle()
    assert "Your vote is in!" in text_of(vote.followups[0])


@contextmanager
def held_up(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What happens in Discord meanwhile reaches the bot at the end: its connection broke, and is there again."""
    events: list[tuple[str, Any]] = []
    backend = library.env.backend
    with monkeypatch.context() as patched:
        patched.setattr(backend, "emit", lambda event, data: events.append((event, data)))
        yield
    for event, data in events:
        backend.emit(event, data)


async def page_and_time(library: Library, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A story's last page, in a Discord whose ids are known to tell the time."""
    monkeypatch.setattr("bot.interactions.answering.time.perf_counter", lambda: time.monotonic())  # a test moves it on
    page = await last_page(library)
    for _ in range(3):
        await library.env.advance_time(2)
        await library.ann.slash(library.channel, "help")
    return page


@pytest.mark.parametrize(("seconds", "is_answered"), [(2.5, True), (3.5, False)])
async def test_one_that_comes_too_late_to_be_answered_is_not_worked_on(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    seconds: float,
    is_answered: bool,
) -> None:
    caplog.set_level(logging.INFO)
    page = await page_and_time(library, monkeypatch)
    with held_up(library, monkeypatch):
        late = press(library, library.ben, page)
        await library.env.advance_time(seconds)
    await library.env.settle()
    assert late.acknowledged is is_answered
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == is_answered
    assert (f"is {seconds} seconds old" in caplog.text) is not is_answered
    again = press(library, library.ben, page)
    await library.env.settle()
    assert again.acknowledged


def made(interaction: int) -> float:
    """When Discord made an interaction, by its id, in seconds since 1970."""
    return snowflake_time(interaction).timestamp()


@given(st.lists(st.floats(0, 100), min_size=2, max_size=20), st.integers(0, 2**40))
def test_ids_that_do_not_tell_the_time_make_no_interaction_old(pauses: list[float], first: int) -> None:
    ages = Ages()
    now = 0.0
    for number, pause in enumerate(pauses):
        now += pause
        with patch("bot.interactions.answering.time.perf_counter", return_value=now):
            assert ages.of(made(first + number)) == 0


def test_ids_that_jump_now_and_then_make_no_interaction_old() -> None:
    ages = Ages()
    for now, seconds in [(0, 0), (2, 2), (4, 4), (6, 0), (8, 2), (30, 5000), (32, 5000), (60, 5000)]:
        with patch("bot.interactions.answering.time.perf_counter", return_value=1000.0 + now):
            assert ages.of(seconds) == 0


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 10)), min_size=1, max_size=20), st.floats(-1e6, 1e6))
def test_an_interaction_is_as_old_as_it_comes_later_than_the_soonest(
    presses: list[tuple[float, float]], apart: float
) -> None:
    ages, at, now = Ages(), 2e6, 0.0
    for pause, under_way in [*[(2.0, 0.0)] * 4, *presses]:
        at += pause
        now = max(now, at + under_way)
        with patch("bot.interactions.answering.time.perf_counter", return_value=now + apart):
            assert ages.of(made(int(at * 1000) << 22)) == pytest.approx(now - at, abs=0.05)


async def test_one_that_cannot_be_deferred_in_time_is_not_worked_on(
    library: Library, monkeypatch: pytest.MonkeyPatch, watched: asyncio.Queue[Begun]
) -> None:
    page = await page_and_time(library, monkeypatch)
    while not watched.empty():
        watched.get_nowait()
    places = library.bot.answering._places
    await places.acquire()  # the only one
    with held_up(library, monkeypatch):
        late = press(library, library.ben, page)
        await library.env.advance_time(2.8)
    await let_time_pass(watched)
    places.release()
    await library.env.settle()
    assert not late.acknowledged
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 0
    again = press(library, library.ben, page)
    await library.env.settle()
    assert again.acknowledged
