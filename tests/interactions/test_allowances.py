"""What costs much is not to be had without end: each reader has an allowance, and hears when it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import get_args

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.interactions import allowances
from bot.interactions.allowances import ALLOWANCES, Allowance, Allowances, Cost
from tests.clock import Clock
from tests.library import Library
from tests.screens import mine
from tests.seen import shown


def test_so_many_at_once_then_one_by_one_and_all_after_a_while() -> None:
    one, (most, seconds) = Allowances(), (ALLOWANCES["search"].most, ALLOWANCES["search"].seconds)
    assert [one.spend("search", 1, 1000.0) for _ in range(most)] == [0] * most
    wait = one.spend("search", 1, 1000.0)
    assert wait == pytest.approx(seconds / most)
    assert one.spend("search", 1, 1000.0) == wait  # to ask in vain costs nothing
    assert one.spend("search", 1, 1000.0 + wait) == 0
    assert one.spend("search", 1, 1000.0 + wait) > 0
    later = 1000.0 + 2 * seconds
    assert [one.spend("search", 1, later) for _ in range(most)] == [0] * most
    assert one.spend("search", 1, later) > 0  # who asks for nothing for a while saves nothing up


def test_readers_and_costs_are_counted_apart() -> None:
    allowances = Allowances()
    while not allowances.spend("image", 1, 0.0):
        pass
    assert [allowances.spend(cost, 1, 0.0) == 0 for cost in get_args(Cost)] == [
        cost != "image" for cost in get_args(Cost)
    ]
    assert allowances.spend("image", 2, 0.0) == 0


def test_a_clock_that_is_set_back_holds_nobody() -> None:
    allowances = Allowances()
    while not allowances.spend("image", 1, 1_000_000.0):
        pass
    assert allowances.spend("image", 1, 0.0) == 0


def test_counts_that_hold_nobody_back_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowances, "SWEPT_AT", 100)
    counted = Allowances()
    for reader in range(100_000):
        counted.spend("search", reader, 10.0 * reader)
    assert len(counted._whole_at) <= 200
    now = 10.0 * 100_000
    while not counted.spend("search", 0, now):
        pass
    for reader in range(1, 300):
        counted.spend("image", reader, now)
    assert counted.spend("search", 0, now) > 0, "who is held back still is"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowances, "ALLOWANCES", {cost: Allowance(2, 60) for cost in get_args(Cost)})


@pytest.mark.usefixtures("few")
async def test_a_reader_who_searches_without_end_hears_when_to_go_on(library: Library, clock: Clock) -> None:
    clock.at = clock()
    for _ in range(2):
        assert shown(await library.ann.slash(library.channel, "search", text="lantern")).embeds
    refused = library.refused(await library.ann.slash(library.channel, "search", text="lantern"))
    assert "searched a lot" in refused and "in 31 s" in refused
    assert shown(await library.ben.slash(library.channel, "search", text="lantern")).embeds
    clock.forward(31)
    assert shown(await library.ann.slash(library.channel, "search", text="lantern")).embeds


@pytest.mark.usefixtures("few")
async def test_images_exports_and_uploads_have_one_each(library: Library, clock: Clock, mira: MemberActor) -> None:
    clock.at = clock()
    more = shown(await mira.click(shown(await mira.slash(library.channel, "quote")), label="More"))
    panel = await mine(mira, library.channel, "data")
    file = ("kettle.txt", b"It will rain, said the kettle, and nobody had asked it.")
    asks: dict[str, Callable[[], Awaitable[InteractionResult]]] = {
        "a lot of images": lambda: mira.click(more, label="Make image"),
        "downloaded a lot": lambda: mira.click(panel, label="Download data"),
        "a lot of files": lambda: mira.slash(library.channel, "manage story check", file=file),
    }
    for refusal, ask in asks.items():
        for _ in range(2):
            assert (await ask()).acknowledged
        assert refusal in library.refused(await ask())
