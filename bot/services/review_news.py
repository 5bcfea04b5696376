"""Writers are told of reviews, by direct message, in the way that each has chosen."""

from __future__ import annotations

import asyncio
import hashlib
import logging

import discord

from bot.domain.reviews import ReviewJob
from bot.interactions.client import Oneshot
from bot.services import news as telling
from bot.ui.review_news import TOLD_AT_MOST, told_screen

log = logging.getLogger(__name__)


class ReviewDelivery:
    """Tells what is due. It is taken out of the outbox before it is sent: told once, or, over a crash, not at all."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._store = bot.store

    async def tell(self) -> None:
        """Tell all that is due."""
        while (due := await self._store.review_news.claim(self._bot.clock())) is not None:
            try:
                was_sent = await self._to_writer(due)
            except Exception as error:  # whatever it is, the others are still told
                await self._failed(due, error)
                was_sent = True
            if was_sent:
                await asyncio.sleep(telling.PAUSE_SECONDS)

    async def _failed(self, due: ReviewJob, error: Exception) -> None:
        fault = None if isinstance(error, (discord.HTTPException, OSError)) else error
        if due.tries < len(telling.RETRY_SECONDS):
            log.info("%d reviews did not get through and are tried again: %r", len(due.reviews), error, exc_info=fault)
            await self._store.review_news.put_back(due, self._bot.clock() + telling.RETRY_SECONDS[due.tries])
        else:
            log.warning("%d reviews did not get through and are dropped: %r", len(due.reviews), error, exc_info=fault)

    async def _to_writer(self, due: ReviewJob) -> bool:
        told = await self._store.review_news.digest(due, TOLD_AT_MOST, self._bot.clock())
        if not told.reviews:
            return False
        screen = told_screen(told)
        view = screen.view if screen.view is not None else discord.utils.MISSING
        nothing = discord.AllowedMentions.none()
        try:
            channel = await self._bot.create_dm(discord.Object(due.writer))
            await channel.send(embeds=screen.embeds, view=view, allowed_mentions=nothing, nonce=_nonce(due))
        except discord.NotFound:
            log.info("A writer is not on Discord any more")
        except discord.Forbidden:  # closed to the bot: not tried again for a while
            await self._store.news.unreached(due.writer, self._bot.clock())
        else:
            await self._reached(due)
        return True

    async def _reached(self, due: ReviewJob) -> None:
        """Note that a message got through. It is there, so nothing may fail any more, or it would be told again."""
        try:
            await self._store.news.unreached(due.writer, None)
        except Exception:
            log.exception("A writer was told, which could not be noted")


def _nonce(due: ReviewJob) -> str:
    """By what Discord knows the same message again, as that of news is known."""
    return hashlib.blake2b(repr((due.writer, due.reviews)).encode(), digest_size=12).hexdigest()
