"""Background work: deliver notices, post schedules, close questions, and delete expired data."""

import logging

import discord
from discord.ext import commands

from bot.errors import DatabaseAway
from bot.interactions.client import Oneshot
from bot.services.delivery import Delivery
from bot.services.departures import delete_due, record_departures
from bot.services.due_work import DueWork
from bot.services.question_posts import QuestionPosting
from bot.services.schedules import ScheduledPosting

log = logging.getLogger(__name__)


class SendNotices(DueWork):
    """Sends the due notices of the outbox."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, Delivery(bot).deliver_due, bot.store.outbox.next_due)


class Schedules(DueWork):
    """Posts due quotes of the day and due parts of serials."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, ScheduledPosting(bot).post_due, bot.store.schedules.next_due)

    async def cog_load(self) -> None:
        await self._bot.store.schedules.realign()
        await super().cog_load()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Stop all schedules of a server that the bot has left."""
        await self._bot.store.schedules.leave(guild.id)


class DrawQuestions(DueWork):
    """Closes due questions, and redraws messages whose question has changed."""

    stop_seconds = 5.0

    def __init__(self, bot: Oneshot) -> None:
        posting = QuestionPosting(bot)
        super().__init__(bot, posting.work, posting.next_due)


class Departures(DueWork):
    """Records which servers the bot has left, and deletes the data of servers that it left thirty days ago."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._compare_and_delete)
        self._is_compared = False
        """Whether the stored departures agree with Discord; False requests a comparison."""

    async def _compare_and_delete(self) -> None:
        if not self._is_compared:
            self._is_compared = True  # set first: an event during the comparison may set it back to False
            try:
                await record_departures(self._bot)
            except DatabaseAway:
                self._is_compared = False
                raise
        await delete_due(self._bot)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Compare the stored servers with Discord's, since Discord repeats missed events only in a resumed session."""
        self._request_comparison()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Record the departure. discord.py does not send this event for a server that is only unavailable."""
        log.info("The bot left server %d, or was removed", guild.id)
        try:
            await self._bot.store.departures.leave([guild.id])
        except DatabaseAway:
            self._request_comparison()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Cancel the deletion of the server's data, if the bot left it before."""
        log.info("The bot joined server %d", guild.id)
        try:
            await self._bot.store.departures.come_back([guild.id])
        except DatabaseAway:
            self._request_comparison()

    def _request_comparison(self) -> None:
        """Request a comparison of the stored servers with Discord's; it is retried until the database is back."""
        self._is_compared = False
        self.wake()


class Prune(DueWork):
    """Deletes expired rows; `bot.store.pruning` defines how long each kind of row is kept."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._prune, bot.store.pruning.next_due)

    async def _prune(self) -> None:
        pruning = self._bot.store.pruning
        if await pruning.next_due() <= self._bot.clock():
            await pruning.prune()
