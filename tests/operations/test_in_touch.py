"""What is due here is told to the other processes, and what they tell is looked for here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import pytest

from bot.operations.in_touch import in_touch
from bot.store import Store
from bot.store.engines.postgresql_session import Session
from tests.library import Library


class Line:
    """What one process hears of the others."""

    def __init__(self) -> None:
        self.is_open = asyncio.Event()

    async def hear(self, told: Callable[[], Awaitable[None]], back: Callable[[], Awaitable[None]]) -> None:
        self.told = told
        self.is_open.set()
        await asyncio.Event().wait()


async def test_what_another_process_tells_wakes_this_one_and_is_not_told_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    async def tell(_: Store) -> None:
        done.append("told")

    monkeypatch.setattr(Store, "tell", tell)
    monkeypatch.setattr(library.bot.get_cog("SendNotices"), "wake", lambda: done.append("woken"))
    line = Line()
    async with in_touch(library.bot, cast("Session", line)):
        await line.is_open.wait()
        library.bot.dispatch("due")
        await library.env.settle()
        assert sorted(done) == ["told", "woken"]
        await line.told()
        await library.env.settle()
        assert sorted(done) == ["told", "woken", "woken"]
