"""Servers that the bot leaves: their data goes thirty days later, unless the bot returns before."""

import logging

import discord
from discord.ext import commands

from bot.errors import DatabaseAway
from bot.interactions.client import Oneshot
from bot.services.departures import delete_due, look_round
from bot.services.due_work import DueWork

log = logging.getLogger(__name__)


class Departures(DueWork):
    """Listens to what Discord says of servers, and looks once a minute whether the data of one is due."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._look_for_due)
        self._is_sure = False
        """Whether all that Discord said of servers is stored."""

    async def _look_for_due(self) -> None:
        if not self._is_sure:
            self._is_sure = True  # what comes meanwhile may make it unsure
            try:
                await look_round(self._bot)
            except DatabaseAway:
                self._is_sure = False
                raise
        await delete_due(self._bot)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look which servers Discord lists: this is a full start, and no resumed connection."""
        self._look_round()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Count from now; discord.py does not say this of a server that is only unavailable."""
        log.info("The bot left server %d, or was removed", guild.id)
        try:
            await self._bot.store.departures.leave([guild.id])
        except DatabaseAway:
            self._look_round()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Find everything as it was."""
        log.info("The bot joined server %d", guild.id)
        try:
            await self._bot.store.departures.come_back([guild.id])
        except DatabaseAway:
            self._look_round()

    def _look_round(self) -> None:
        """Compare all servers with what is stored: at once, or when the database is back."""
        self._is_sure = False
        self.wake()
