"""What is told in the background: at the start, whenever something is added, and every minute what is due by then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from discord.ext import commands, tasks

from bot.interactions.client import Oneshot

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""Seconds between two looks: what is to be tried again, what has a time, and what another process has added."""


class Outbox(commands.Cog):
    """Empties an outbox by *tell*, which goes on until nothing is due; one look at a time."""

    def __init__(self, bot: Oneshot, tell: Callable[[], Awaitable[None]]) -> None:
        self._bot = bot
        self._tell = tell
        self._is_telling = False

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        task = self.look.get_task()
        self.look.cancel()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    @tasks.loop(seconds=LOOK_SECONDS)
    async def look(self) -> None:
        self._is_telling = True
        try:
            await self._tell()
        except Exception:  # the loop would end with it
            log.exception("%s could not be told; the next look tries again", self.qualified_name)
        finally:
            self._is_telling = False

    @look.before_loop
    async def _begin(self) -> None:
        await self._bot.wait_until_ready()

    def look_now(self) -> None:
        """Look at once. While something is being told there is no need: it goes on until nothing is due."""
        if self._bot.is_ready() and not self._is_telling:
            self.look.restart()  # it only sleeps: no message is cut off
