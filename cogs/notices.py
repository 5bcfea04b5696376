"""Notifies managers and moderators of what waits for them, and members of the answers, in the background."""

from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.notices import NoticeDelivery
from bot.services.outbox import Outbox


class Notices(Outbox):
    """Also wakes when there may be a new notice."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, NoticeDelivery(bot).deliver_due)

    @commands.Cog.listener()
    async def on_notice(self) -> None:
        self.wake()
