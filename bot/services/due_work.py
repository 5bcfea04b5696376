"""Base class of the cogs with background work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import ClassVar

from discord.ext import commands

from bot.errors import ReaderError
from bot.interactions.background import asks_by_itself
from bot.interactions.client import Oneshot
from bot.interactions.sleep import InterruptibleSleep

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""Maximum seconds until the next run: another process may add work, and the clock may be changed."""


async def _unknown() -> float | None:
    return None


class DueWork(commands.Cog):
    """Base cog of background work. The work runs at start, on wake-up, when it is due, and at least once a minute."""

    stop_seconds: ClassVar[float] = 0
    """Maximum seconds for which shutdown waits for a run."""

    def __init__(
        self,
        bot: Oneshot,
        do_due: Callable[[], Awaitable[None]],
        next_due: Callable[[], Awaitable[float | None]] = _unknown,
    ) -> None:
        self._bot = bot
        self._do_due = do_due
        """Does all due work."""
        self._next_due = next_due
        """Returns the next due time in epoch seconds, or None if unknown."""
        self._sleep = InterruptibleSleep()
        self._is_stopping = False

    async def cog_load(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def cog_unload(self) -> None:
        self._is_stopping = True
        self.wake()
        await asyncio.wait({self._task}, timeout=self.stop_seconds if self._bot.is_ready() else 0)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        await self._bot.wait_until_ready()
        with asks_by_itself():
            while not self._is_stopping:
                await self._sleep.wait(await self._run_due())

    async def _run_due(self) -> float:
        """Do all due work; return the seconds until the next run."""
        try:
            await self._do_due()
            due_at = await self._next_due()
        except ReaderError as error:  # the database is unreachable; the store has logged it
            log.info("%s waits: %s", self.qualified_name, error)
            return LOOK_SECONDS
        except Exception:  # an exception would end the task
            log.exception("%s failed; the next look tries again", self.qualified_name)
            return LOOK_SECONDS
        return LOOK_SECONDS if due_at is None else min(max(due_at - self._bot.clock(), 0), LOOK_SECONDS)

    @commands.Cog.listener("on_due")
    @commands.Cog.listener("on_told")
    async def on_news(self) -> None:
        """Run now: this or another process has added work, or the database is back."""
        self.wake()

    def wake(self) -> None:
        """Run now, or once more after the current run."""
        self._sleep.wake()
