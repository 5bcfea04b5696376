"""Clocks that tests set as they need them: the store's, and that of the virtual Discord."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.library import Library


class Clock:
    """The clock of the fixture ``store``: it stands at its making, until a test moves it (seconds since 1970).

    It stands, so that no second that a busy computer took lies between two acts of a test.
    """

    def __init__(self) -> None:
        self.at: float | None = None
        made = time.time()
        self.source: Callable[[], float] = lambda: made
        """The clock that it follows while *at* is None."""

    def __call__(self) -> float:
        return self.source() if self.at is None else self.at

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.at = self() + seconds


def instant(text: str) -> float:
    """Seconds since 1970 of a date and time of UTC, such as ``2026-03-29 16:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


async def start_at(library: Library, text: str) -> None:
    """The bot was down until a date and time of UTC, and has started again."""
    library.env.backend.advance_clock(instant(text) - library.env.now().timestamp())
    library.clock.source = lambda: library.env.now().timestamp()
    await library.restart()


async def wait(library: Library, seconds: float) -> None:
    """Time goes by while the bot runs."""
    await library.env.advance_time(seconds)
