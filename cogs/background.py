"""What the bot does by itself: it delivers, posts, closes, counts and deletes what is due."""

import logging

import discord
from discord.ext import commands

from bot.errors import DatabaseAway
from bot.interactions.client import Oneshot
from bot.services.delivery import Delivery
from bot.services.departures import delete_due, look_round
from bot.services.due_work import DueWork
from bot.services.question_posts import QuestionPosting
from bot.services.schedules import ScheduledPosting

log = logging.getLogger(__name__)


class SendNotices(DueWork):
    """Sends what waits in the outbox."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, Delivery(bot).deliver_due, bot.store.outbox.next_due)


class Schedules(DueWork):
    """Posts the quote of the day and serials."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, ScheduledPosting(bot).post_due, bot.store.schedules.next_due)

    async def cog_load(self) -> None:
        await self._bot.store.schedules.realign()
        await super().cog_load()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End all schedules of a server that the bot was removed from."""
        await self._bot.store.schedules.leave(guild.id)


class DrawQuestions(DueWork):
    """Closes questions, and draws their messages again."""

    stop_seconds = 5.0

    def __init__(self, bot: Oneshot) -> None:
        posting = QuestionPosting(bot)
        super().__init__(bot, posting.work, posting.next_due)


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


class Prune(DueWork):
    """What is kept for how long stands in `bot.store.pruning`."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._prune, bot.store.pruning.next_due)

    async def _prune(self) -> None:
        pruning = self._bot.store.pruning
        if await pruning.next_due() <= self._bot.clock():
            await pruning.prune()
