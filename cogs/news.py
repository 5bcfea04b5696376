"""News of what readers follow, told in the background."""

from __future__ import annotations

import asyncio
import logging

from discord.ext import commands, tasks

from bot.app import Oneshot
from bot.telling import Telling

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""Seconds between two looks at what is due: what is to be tried again, and what another process has loaded."""


class News(commands.Cog):
    """Tells at the start, when stories were shelved or a vote was answered, and every minute what is due by then."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._telling = Telling(bot)
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
            await self._telling.tell()
        except Exception:  # the loop would end with it
            log.exception("News could not be told; the next look tries again")
        finally:
            self._is_telling = False

    @look.before_loop
    async def _begin(self) -> None:
        await self._bot.wait_until_ready()

    @commands.Cog.listener("on_answered")
    @commands.Cog.listener("on_shelved")
    async def look_now(self) -> None:
        """Look at once. While news is being told there is no need: it goes on until nothing is due."""
        if self._bot.is_ready() and not self._is_telling:
            self.look.restart()  # it only sleeps: no message is cut off


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(News(bot))
