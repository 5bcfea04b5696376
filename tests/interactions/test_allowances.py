"""What costs much is not to be had without end: each reader has an allowance, and hears when it is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import get_args

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.interactions import allowances
from bot.interactions.allowances import ALLOWANCES, Cost
from tests.clock import Clock
from tests.library import Library
from tests.screens import mine
from tests.seen import shown


@pytest.mark.parametrize("cost", get_args(Cost))
def test_so_many_at_once_and_all_after_a_while(cost: Cost) -> None:
    left, (most, seconds) = allowances.allowances()[cost], ALLOWANCES[cost]
    assert [left.update_rate_limit(1, 1000.0) for _ in range(most)] == [None] * most
    assert left.update_rate_limit(1, 1000.0) == seconds
    assert left.update_rate_limit(1, 1000.0 + seconds - 1) == 1, "to ask in vain costs nothing"
    later = 1000.0 + 9 * seconds
    assert [left.update_rate_limit(1, later) for _ in range(most)] == [None] * most
    assert left.update_rate_limit(1, later) == seconds, "who asks for nothing for a while saves nothing up"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowances, "ALLOWANCES", dict.fromkeys(get_args(Cost), (2, 60)))


@pytest.mark.usefixtures("few")
async def test_a_reader_who_searches_without_end_hears_when_to_go_on(library: Library, clock: Clock) -> None:
    await library.env.advance_time(1)  # its time begins at 0, which discord.py takes for none
    for _ in range(2):
        assert shown(await library.ann.slash(library.channel, "search", text="lantern")).embeds
    refused = library.refused(await library.ann.slash(library.channel, "search", text="lantern"))
    assert "searched a lot" in refused and "in 60 s" in refused
    assert shown(await library.ben.slash(library.channel, "search", text="lantern")).embeds
    clock.forward(-3600)  # a clock that is set holds nobody for longer
    await library.env.advance_time(61)
    assert shown(await library.ann.slash(library.channel, "search", text="lantern")).embeds


@pytest.mark.usefixtures("few")
async def test_images_exports_and_uploads_have_one_each(library: Library, mira: MemberActor) -> None:
    await library.env.advance_time(1)
    more = shown(await mira.click(shown(await mira.slash(library.channel, "quote")), label="More"))
    panel = await mine(mira, library.channel, "data")
    file = ("kettle.txt", b"It will rain, said the kettle, and nobody had asked it.")
    asks: dict[str, Callable[[], Awaitable[InteractionResult]]] = {
        "a lot of images": lambda: mira.click(more, label="Make image"),
        "downloaded a lot": lambda: mira.click(panel, label="Download data"),
        "a lot of files": lambda: mira.slash(library.channel, "manage story add", file=file),
    }
    for refusal, ask in asks.items():
        for _ in range(2):
            assert (await ask()).acknowledged
        assert refusal in library.refused(await ask())
