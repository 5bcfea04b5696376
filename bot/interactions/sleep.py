"""A sleep that another task can end early."""

import asyncio


class InterruptibleSleep:
    """Sleep of one task that other tasks can end early; `wake` before the sleep makes the task skip it."""

    def __init__(self) -> None:
        self._sleep: asyncio.Task[None] | None = None
        self._is_woken = False

    async def wait(self, seconds: float) -> None:
        """Return after *seconds*, or as soon as another task calls `wake`."""
        if not self._is_woken:
            self._sleep = asyncio.create_task(asyncio.sleep(seconds))
            try:
                await asyncio.wait({self._sleep})
            finally:
                self._sleep.cancel()
                self._sleep = None
        self._is_woken = False

    def wake(self) -> None:
        """End the current sleep, or skip the next one."""
        self._is_woken = True
        if self._sleep is not None:
            self._sleep.cancel()
