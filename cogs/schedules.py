"""What is posted on a schedule, posted in the background: when it is due, not up to a minute later."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.schedules import ScheduledPosting

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""Seconds between two looks at most: another process may have changed what is due, and clocks are set."""


class Schedules(commands.Cog):
    """Sleeps until something is due, and is woken when what is due changes."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._posting = ScheduledPosting(bot)
        self._is_posting = False

    async def cog_load(self) -> None:
        await self._bot.store.schedules.realign()
        self._work = asyncio.create_task(self._post())

    async def cog_unload(self) -> None:
        self._work.cancel()
        await asyncio.gather(self._work, return_exceptions=True)

    async def _post(self) -> None:
        await self._bot.wait_until_ready()
        while True:
            pause = LOOK_SECONDS
            try:
                await self._post_due()
                pause = await self._pause()
            except Exception:  # it would end with it
                log.exception("What is due could not be posted; the next look tries again")
            await asyncio.sleep(pause)

    async def _post_due(self) -> None:
        self._is_posting = True
        try:
            await self._posting.post_due()
        finally:
            self._is_posting = False

    async def _pause(self) -> float:
        due_at = await self._bot.store.schedules.next_look()
        return LOOK_SECONDS if due_at is None else min(max(due_at - self._bot.clock(), 1), LOOK_SECONDS)

    @commands.Cog.listener()
    async def on_planned(self) -> None:
        """Look when the next is due now. While something is posted there is no need: it looks when that is done."""
        if not self._is_posting:
            self._work.cancel()  # no message is cut off
            self._work = asyncio.create_task(self._post())

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Where the bot was taken out of a server nothing runs any more."""
        await self._bot.store.schedules.leave(guild.id)


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Schedules(bot))
