"""A handed-in clock: that of the virtual Discord, which tests set as they need it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.conftest import Library


def instant(text: str) -> float:
    """Seconds since 1970 of a date and time of UTC, such as ``2026-03-29 16:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


async def start_at(library: Library, text: str) -> None:
    """The bot was down until a date and time of UTC, and has started again."""
    library.env.backend.advance_clock(instant(text) - library.env.now().timestamp())
    await library.restart(clock=lambda: library.env.now().timestamp())


async def wait(library: Library, seconds: float) -> None:
    """Time goes by while the bot runs."""
    await library.env.advance_time(seconds)
