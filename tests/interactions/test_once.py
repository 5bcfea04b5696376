"""An interaction that comes twice takes effect once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.errors import AlreadyDone
from bot.store import Store
from bot.store.done_interactions import KEPT_SECONDS, answer_once, first_id
from tests.clock import Clock
from tests.library import Library
from tests.seen import Message, reaction_id, shown, text_of
from tests.votes import votes_of

SPOON = "A Spoon for the King"
EPOCH_MS = 1_420_070_400_000


def send_twice(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Discord send each interaction twice from now on."""
    emit = library.env.backend.emit

    def emit_twice(event: str, data: Any, **options: Any) -> None:
        emit(event, data, **options)
        if event == "INTERACTION_CREATE":
            emit(event, data, **options)

    monkeypatch.setattr(library.env.backend, "emit", emit_twice)


@pytest.fixture
def twice(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The library, where Discord sends each interaction twice."""
    send_twice(library, monkeypatch)
    yield library
    # SimCord lists whatever a command raises, also what is answered.
    library.env.errors[:] = [error for error in library.env.errors if not isinstance(error.__cause__, AlreadyDone)]


async def page_of(library: Library) -> Message:
    """The only page of a story."""
    return shown(await library.ann.slash(library.channel, "read", story=SPOON, share=False))


async def done(store: Store) -> int:
    return await store._db.number("SELECT count(*) FROM done_interactions")


async def test_a_reaction_that_comes_twice_is_not_taken_back(twice: Library, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    page = await page_of(twice)
    await twice.ann.click(page, custom_id=reaction_id(page, "❤"))
    assert await twice.store.reactions.of(await twice.id_of(SPOON), twice.ann.id) == {"❤"}
    assert "came again" in caplog.text
    await twice.ann.click(page, custom_id=reaction_id(page, "❤"))
    assert await twice.store.reactions.of(await twice.id_of(SPOON), twice.ann.id) == set()


async def test_a_vote_that_comes_twice_is_one_and_so_is_its_end(twice: Library) -> None:
    page = await page_of(twice)
    await twice.ann.click(page, label="I want more")
    assert (await votes_of(twice.store, await twice.id_of(SPOON))).overall[0] == 1
    receipt = shown(await twice.ann.slash(twice.channel, "vote", story=SPOON))
    await twice.ann.click(receipt, label="Remove vote")
    assert (await votes_of(twice.store, await twice.id_of(SPOON))).overall[0] == 0


async def test_a_draw_that_comes_twice_deals_one_quote(twice: Library) -> None:
    seen: set[str] = set()
    quote = shown(await twice.ann.slash(twice.channel, "quote", story="Lighthouse"))
    for _ in range(6):
        text = text_of(quote)
        assert text not in seen, "one was dealt to nobody, and the round began anew"
        seen.add(text)
        quote = shown(await twice.ann.click(quote, label="Another"))


async def test_a_form_that_comes_twice_leaves_one_review(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    form = await library.ann.slash(library.channel, "review", story=SPOON, chapter=1)
    send_twice(library, monkeypatch)
    await library.ann.submit_modal(form, {"text": "A spoon to remember, and a soup to forget."})
    assert await library.store._db.number("SELECT count(*) FROM reviews") == 1
    assert await library.store._db.number("SELECT count(*) FROM review_times") == 1


async def test_a_turn_keeps_no_id_and_may_come_twice(twice: Library) -> None:
    page = shown(await twice.ann.slash(twice.channel, "read", story="The Ferry of Words", share=False))
    before = await done(twice.store)
    turned = shown(await twice.ann.click(page, label="Next"))
    assert await done(twice.store) == before
    place = await twice.store.places.of(twice.ann.id, await twice.id_of("The Ferry of Words"))
    assert place is not None and "Page 2" in text_of(turned)


async def test_a_change_that_fails_may_come_again(store: Store) -> None:
    def fail(_: object) -> None:
        raise ValueError

    interaction = first_id(int(store.clock()))
    answer_once(interaction)
    with pytest.raises(ValueError):
        await store._db.write(fail)
    answer_once(interaction)
    assert await store._db.execute("INSERT INTO bot_state (name, value) VALUES ('a', 'b')") == 1
    answer_once(interaction)
    with pytest.raises(AlreadyDone):
        await store._db.execute("DELETE FROM bot_state WHERE name = 'a'")
    assert await store.bot_state.read("a") == "b"


async def test_ids_go_by_the_time_in_them_when_their_tokens_have_ended(store: Store, clock: Clock) -> None:
    async def answer(age: int) -> None:
        answer_once(((int(clock()) - age) * 1000 - EPOCH_MS) << 22)
        await store.bot_state.write("age", str(age))

    for age in (KEPT_SECONDS + 1, KEPT_SECONDS - 1):
        await asyncio.create_task(answer(age))
    assert await done(store) == 2
    await store.pruning.prune()
    assert await done(store) == 1
