"""Time that passes while an interaction is not answered."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.interactions import deferring


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[deferring.Deferral]:
    """The interactions as the bot begins to answer them."""
    begun: asyncio.Queue[deferring.Deferral] = asyncio.Queue()
    init = deferring.Deferral.__init__

    def noted(self: deferring.Deferral, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        begun.put_nowait(self)

    monkeypatch.setattr(deferring.Deferral, "__init__", noted)
    return begun


async def let_time_pass(watched: asyncio.Queue[deferring.Deferral]) -> None:
    """Two seconds went by since the latest interaction came, and Discord has taken what the bot sent then."""
    deferral = await watched.get()
    deferral._begin()
    if deferral._deferring is not None:
        await asyncio.wait((deferral._deferring,))
