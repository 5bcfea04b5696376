"""Time that passes while an interaction is not answered."""

from __future__ import annotations

import asyncio
from contextvars import Context, copy_context
from typing import Any

import pytest

from bot.interactions.answering import Press

Begun = tuple[Press, Context]
"""An interaction, and where the bot's clock is that of the virtual Discord."""


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[Begun]:
    """The interactions as the bot begins to answer them."""
    begun: asyncio.Queue[Begun] = asyncio.Queue()
    init = Press.__init__

    def noted(self: Press, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        begun.put_nowait((self, copy_context()))

    monkeypatch.setattr(Press, "__init__", noted)
    return begun


async def let_time_pass(watched: asyncio.Queue[Begun]) -> None:
    """Two seconds went by since the latest interaction came, and Discord has taken what the bot sent then."""
    press, context = await watched.get()
    context.run(press._defer_soon)
    if press._deferring is not None:
        await asyncio.wait((press._deferring,))
