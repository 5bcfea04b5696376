"""Delivers news of what readers follow, in the background."""

from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.services.news import NewsDelivery
from bot.services.outbox import Outbox


class News(Outbox):
    """Also wakes when stories were published or a vote was answered."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, NewsDelivery(bot).deliver_due)

    @commands.Cog.listener("on_answered")
    @commands.Cog.listener("on_shelved")
    async def on_news(self) -> None:
        self.wake()
