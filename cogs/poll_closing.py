"""Closes polls on time, in the background."""

from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.outbox import Outbox
from bot.services.poll_closing import PollClosing


class ClosePolls(Outbox):
    """Also wakes when a poll was opened, which may be the next to close, or was closed by hand."""

    stop_seconds = 5.0

    def __init__(self, bot: Oneshot) -> None:
        self._closing = PollClosing(bot)
        super().__init__(bot, self._closing.close_due, bot.store.polls.next_due)

    @commands.Cog.listener()
    async def on_poll_due(self) -> None:
        self.wake()

    async def cog_unload(self) -> None:
        """Let the poll that is being closed end: a result is not cut off."""
        self._closing.stop()
        await super().cog_unload()
