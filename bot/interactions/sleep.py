"""A sleep that another task can cut short."""

import asyncio


class InterruptibleSleep:
    """One task sleeps, and any other may wake it; woken before it sleeps, it does not sleep at all."""

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
        """End the sleep under way, or else the next one."""
        self._is_woken = True
        if self._sleep is not None:
            self._sleep.cancel()
