"""Cards are drawn beside the event loop: few at a time, each once, none without end."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from bot.cards import DESIGNS, CardText, Design, Studio, draw
from bot.cards.studio import AT_ONCE, WAITING
from bot.errors import CardError, NotDrawable


def card(words: str) -> CardText:
    return CardText(words, "Low Water", "Maren Holt")


@dataclass
class Easel:
    """Draws when the test says so, and counts."""

    may_draw: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    drawn: Counter[str] = field(default_factory=Counter[str])
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(self, text: CardText, design: Design) -> bytes:
        with self.lock:
            self.drawn[text.words] += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.release()
        assert self.may_draw.wait(30)
        with self.lock:
            self.at_once -= 1
        if text.words == "ᚠ":
            raise NotDrawable(["ᚠ"])
        return text.words.encode()

    async def until_begun(self) -> None:
        assert await asyncio.to_thread(self.begun.acquire, timeout=30)


@pytest.fixture
def easel() -> Easel:
    return Easel()


async def test_a_card_asked_for_by_many_at_once_is_drawn_once(easel: Easel) -> None:
    async with aclosing(Studio(easel.draw)) as studio:
        asked = [asyncio.create_task(studio.card(card("Run."), "page")) for _ in range(50)]
        await easel.until_begun()
        easel.may_draw.set()
        assert set(await asyncio.gather(*asked)) == {b"Run."}
        assert await studio.card(card("Run."), "page") == b"Run."
    assert easel.drawn == {"Run.": 1}


async def test_few_are_drawn_at_once_and_few_wait(easel: Easel) -> None:
    async with aclosing(Studio(easel.draw)) as studio:
        asked = [asyncio.create_task(studio.card(card(str(n)), "page")) for n in range(AT_ONCE + WAITING)]
        for _ in range(AT_ONCE):
            await easel.until_begun()
        with pytest.raises(CardError, match="too-many-cards"):
            await studio.card(card("one more"), "page")
        easel.may_draw.set()
        assert len(await asyncio.gather(*asked)) == AT_ONCE + WAITING
        assert easel.most_at_once == AT_ONCE
        assert await studio.card(card("one more"), "page") == b"one more"


async def test_who_stops_waiting_stops_nobody_else(easel: Easel) -> None:
    async with aclosing(Studio(easel.draw)) as studio:
        gone, stays = (asyncio.create_task(studio.card(card("Run."), "page")) for _ in range(2))
        await easel.until_begun()
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        easel.may_draw.set()
        assert await stays == b"Run."


async def test_a_card_that_nobody_waits_for_any_more_leaves_room_for_others(easel: Easel) -> None:
    async with aclosing(Studio(easel.draw)) as studio:
        words = [*map(str, range(AT_ONCE + WAITING - 1)), "ᚠ"]
        asked = [asyncio.create_task(studio.card(card(each), "page")) for each in words]
        await easel.until_begun()
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        easel.may_draw.set()
        with pytest.raises(NotDrawable):  # it is still drawn, behind all others
            await studio.card(card("ᚠ"), "page")
        assert await studio.card(card("one more"), "page") == b"one more"
    assert set(easel.drawn.values()) == {1}


async def test_what_cannot_be_drawn_is_said_to_all_and_not_kept(easel: Easel) -> None:
    easel.may_draw.set()
    async with aclosing(Studio(easel.draw)) as studio:
        asked = (studio.card(card("ᚠ"), "page") for _ in range(3))
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(answer) for answer in answers] == [NotDrawable] * 3
        with pytest.raises(NotDrawable):
            await studio.card(card("ᚠ"), "page")
    assert easel.drawn == {"ᚠ": 2}


async def test_no_more_bytes_are_kept_than_there_is_room_for_and_those_asked_for_last(easel: Easel) -> None:
    easel.may_draw.set()
    async with aclosing(Studio(easel.draw, kept_bytes=20)) as studio:
        for words in ("a" * 8, "b" * 8, "a" * 8, "c" * 8, "a" * 8, "b" * 8, "d" * 21, "a" * 8):
            assert await studio.card(card(words), "page") == words.encode()
    assert easel.drawn == {"a" * 8: 2, "b" * 8: 2, "c" * 8: 1, "d" * 21: 1}


async def test_a_card_is_kept_for_each_design(easel: Easel) -> None:
    easel.may_draw.set()
    async with aclosing(Studio(easel.draw)) as studio:
        for design in (*DESIGNS, *DESIGNS):
            await studio.card(card("Run."), design)
    assert easel.drawn == {"Run.": len(DESIGNS)}


async def test_on_leaving_nothing_is_left_behind(easel: Easel) -> None:
    before = set(threading.enumerate())
    async with aclosing(Studio(easel.draw)) as studio:
        asked = [asyncio.create_task(studio.card(card(str(n)), "page")) for n in range(AT_ONCE + 3)]
        for _ in range(AT_ONCE):
            await easel.until_begun()
        easel.may_draw.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers[:AT_ONCE] == [str(n).encode() for n in range(AT_ONCE)]
    assert all(isinstance(answer, bytes | asyncio.CancelledError) for answer in answers)
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("card")]


async def test_cards_drawn_at_once_are_those_drawn_alone() -> None:
    cards = [card(f"“Nobody waits for tide {number},” she said. 潮を待つ 🌊 اقرأ") for number in range(3)]
    async with aclosing(Studio()) as studio:
        asked = [studio.card(each, design) for each in cards for design in DESIGNS]
        assert await asyncio.gather(*asked) == [draw(each, design) for each in cards for design in DESIGNS]
