"""How the writers of a story hear of reviews: told in the background, in the way that each has chosen."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import get_args

from discord.ext import commands, tasks

from bot.app import Interaction, Oneshot
from bot.audience import seen
from bot.errors import ButtonUnknown
from bot.preferences import Reviews
from bot.presses import picked, pressed
from bot.replies import redraw
from bot.reviews.telling import ReviewTelling
from bot.screens import review_news_of, tell_review_news
from bot.ui.ids.reviews import SetReviewNews, ShowReviewNews

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""Seconds between two looks at what is due: digests, and what is to be tried again."""


class ReviewNews(commands.Cog):
    """Tells at the start, whenever a review was left, and every minute what is due by then."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._telling = ReviewTelling(bot)
        self._is_telling = False

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        task = self.look.get_task()
        self.look.cancel()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    @tasks.loop(seconds=LOOK_SECONDS)
    async def look(self) -> None:
        self._is_telling = True
        try:
            await self._telling.tell()
        except Exception:  # the loop would end with it
            log.exception("Reviews could not be told; the next look tries again")
        finally:
            self._is_telling = False

    @look.before_loop
    async def _begin(self) -> None:
        await self._bot.wait_until_ready()

    @commands.Cog.listener()
    async def on_reviewed(self) -> None:
        """Look at once. While reviews are being told there is no need: it goes on until nothing is due."""
        if self._bot.is_ready() and not self._is_telling:
            self.look.restart()  # it only sleeps: no message is cut off


@pressed(ShowReviewNews)
async def show_review_news(interaction: Interaction, _: ShowReviewNews) -> None:
    """How the one who presses hears of reviews of what they wrote."""
    await tell_review_news(interaction)


@pressed(SetReviewNews)
async def set_review_news(interaction: Interaction, _: SetReviewNews) -> None:
    """Another way to hear of them."""
    preferences, reader = seen(interaction).preferences, interaction.user.id
    ways: tuple[Reviews, ...] = get_args(Reviews)
    way = next((way for way in ways if way == picked(interaction)), None)
    if way is None:
        raise ButtonUnknown
    await preferences.keep_reader(reader, replace(await preferences.of_reader(reader), reviews=way))
    await redraw(interaction, await review_news_of(interaction))


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(ReviewNews(bot))
    bot.add_dynamic_items(show_review_news, set_review_news)
