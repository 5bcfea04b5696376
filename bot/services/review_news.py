"""Delivers reviews to the writers of a story, by direct message, in the way that each has chosen."""

import discord

from bot.domain.reviews import ReviewJob
from bot.interactions.client import Oneshot
from bot.services.delivery import Delivery, nonce_of
from bot.ui.review_news import TOLD_AT_MOST, digest_screen


class ReviewDelivery(Delivery[ReviewJob]):
    """Notifies a writer of all reviews that are due in one message."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, bot.store.review_news)

    async def _deliver(self, job: ReviewJob) -> None:
        digest = await self._store.review_news.digest(job, TOLD_AT_MOST, self._bot.clock())
        if digest.reviews:
            await self._send_direct(job, job.writer, digest_screen(digest))

    def _subject(self, job: ReviewJob) -> str:
        return f"{len(job.reviews)} reviews"

    def _nonce(self, job: ReviewJob) -> str:
        return nonce_of(job.writer, job.reviews)

    async def _record(self, job: ReviewJob, message: discord.Message) -> None:
        await self._store.settings.unreached(job.writer, None)
