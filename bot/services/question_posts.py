"""Closing questions on time, and redrawing the messages that show them."""

import asyncio
import logging

import discord

from bot.domain.questions import PostedQuestion
from bot.errors import QuestionGone, StoryGated, StoryGone
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.interactions.faults import unexpected
from bot.interactions.permissions import server_of
from bot.services.delivery import RETRY_SECONDS
from bot.services.questions import Postable
from bot.store.question_posts import LEASE_SECONDS
from bot.texts import set_language
from bot.ui.questions import hidden_screen, posted_screen
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

SENDING_SECONDS = LEASE_SECONDS - 10
"""Timeout of a redraw in seconds: it ends before another process may claim the same message."""


class QuestionPosting:
    """Closes due questions; then redraws due posts, one after the other."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._posts = bot.store.question_posts

    async def next_due(self) -> float | None:
        """Return the time of the next due work, in seconds since 1970; None if there is none."""
        due = [await self._bot.store.questions.next_due(), await self._posts.next_due()]
        return min((each for each in due if each is not None), default=None)

    async def work(self) -> None:
        """Do all due work."""
        closes_at = await self._bot.store.questions.next_due()
        if closes_at is not None and closes_at <= self._bot.clock():
            await self._bot.store.questions.close_due()
        while (post := await self._posts.claim(self._bot.clock())) is not None:
            try:
                async with asyncio.timeout(SENDING_SECONDS):
                    is_there = await self._draw(post)
            except Exception as error:  # any error: the other messages must still be redrawn
                await self._retry(post, error)
                continue
            await (self._posts.drawn(post) if is_there else self._posts.forget(post.message))

    async def _retry(self, post: PostedQuestion, error: Exception) -> None:
        trace = unexpected(error)
        if post.tries <= len(RETRY_SECONDS):
            log.info("Message %d is drawn again later: %r", post.message, error, exc_info=trace)
            await self._posts.put_off(post, self._bot.clock() + RETRY_SECONDS[post.tries - 1])
        else:
            log.warning("Message %d shows a question as it was: %r", post.message, error, exc_info=trace)
            await self._posts.drawn(post)

    async def _draw(self, post: PostedQuestion) -> bool:
        """Redraw a message with its question's current state.

        Returns False if the question or the message is gone, or if the bot may not edit the message.
        """
        try:
            channel = await self._channel(post)
            if channel is None:
                return False
            set_language(channel.guild.preferred_locale.value)
            await self._bot.refresher.idle(post.message)
            screen = await self._screen(post, channel)
            drawn = screen or hidden_screen()
            await channel.get_partial_message(post.message).edit(embeds=drawn.embeds, view=drawn.view)
        except (discord.Forbidden, discord.NotFound) as error:
            log.info("Message %d with a question is forgotten: %s", post.message, error)
            return False
        return screen is not None

    async def _screen(self, post: PostedQuestion, channel: Postable) -> Screen | None:
        """Return the question's screen, or a placeholder if not everybody in *channel* may see its story.

        None if the question is gone.
        """
        store = self._bot.store.for_audience(audience_in(channel))
        try:
            question = await store.questions.find(post.question, post.guild)
            return posted_screen(await store.stories.entry(question.story), question)
        except QuestionGone:
            return None
        except (StoryGone, StoryGated):
            return hidden_screen()

    async def _channel(self, post: PostedQuestion) -> Postable | None:
        """Return the post's channel; an archived thread is unarchived. None if the bot has left the server.

        Raises `discord.NotFound` or `discord.Forbidden` if the channel is gone or closed to the bot.
        """
        guild = server_of(self._bot, post.guild)
        if guild is None:
            return None
        channel = guild.get_channel_or_thread(post.channel) or await guild.fetch_channel(post.channel)
        if isinstance(channel, discord.Thread) and channel.archived:
            channel = await channel.edit(archived=False)
        return channel if isinstance(channel, Postable) else None
