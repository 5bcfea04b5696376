"""Sends the notices that wait in the outbox, in the background."""

from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.delivery import Delivery
from bot.services.due_work import DueWork


class SendNotices(DueWork):
    """Also wakes when there may be a new notice, or news of stories that came."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, Delivery(bot).deliver_due, bot.store.outbox.next_due)

    @commands.Cog.listener("on_notice")
    @commands.Cog.listener("on_shelved")
    async def on_queued(self) -> None:
        self.wake()
