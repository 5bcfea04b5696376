"""Posts what is due on a schedule, in the background."""

import discord
from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.due_work import DueWork
from bot.services.schedules import ScheduledPosting


class Schedules(DueWork):
    """Also wakes when a schedule was made or changed."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, ScheduledPosting(bot).post_due, bot.store.schedules.next_due)

    async def cog_load(self) -> None:
        await self._bot.store.schedules.realign()
        await super().cog_load()

    @commands.Cog.listener()
    async def on_planned(self) -> None:
        self.wake()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End all schedules of a server that the bot was removed from."""
        await self._bot.store.schedules.leave(guild.id)
