"""Notifies writers of reviews in the background, in the way that each has chosen."""

from dataclasses import replace

from discord.ext import commands

from bot.domain.settings import REVIEWS
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component, known, picked
from bot.interactions.replies import redraw
from bot.services import pages
from bot.services.outbox import Outbox
from bot.services.review_news import ReviewDelivery
from bot.ui.ids.reviews import SetReviewNews, ShowReviewNews


class ReviewNews(Outbox):
    """Also wakes when a review was published."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, ReviewDelivery(bot).deliver_due)

    @commands.Cog.listener()
    async def on_reviewed(self) -> None:
        self.wake()


@component(ShowReviewNews)
async def show_review_news(interaction: Interaction, _: ShowReviewNews) -> None:
    """Show how a writer is notified of reviews."""
    await pages.show_review_news(interaction)


@component(SetReviewNews)
async def set_review_news(interaction: Interaction, _: SetReviewNews) -> None:
    """Change how a writer is notified of reviews."""
    way = known(REVIEWS, picked(interaction))
    settings = store_for(interaction).settings
    await settings.change_reader(interaction.user.id, lambda chosen: replace(chosen, reviews=way))
    await redraw(interaction, await pages.review_news_of(interaction))
