"""A sleep that another task can cut short."""

from __future__ import annotations

import asyncio


class InterruptibleSleep:
    """One task waits in it; any other may end the waiting. One that is cut before it begins does not begin."""

    def __init__(self) -> None:
        self._sleep: asyncio.Task[None] | None = None
        self._is_woken = False

    async def wait(self, seconds: float) -> None:
        """Return after *seconds*, or as soon as the pause is cut."""
        if not self._is_woken:
            self._sleep = asyncio.create_task(asyncio.sleep(seconds))
            try:
                await asyncio.wait({self._sleep})
            finally:
                self._sleep.cancel()
                self._sleep = None
        self._is_woken = False

    def wake(self) -> None:
        """End the waiting, or the next one."""
        self._is_woken = True
        if self._sleep is not None:
            self._sleep.cancel()
