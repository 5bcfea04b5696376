"""Closes polls on time: draws the poll as it ended, and posts the result as a reply to it.

A poll is leased in the store before its result is posted (`bot/store/polls.py`), and the store is told after it is
there. If the lease ends before that, whoever takes it over looks for the reply in the channel before sending one.
"""

import asyncio
import logging
from datetime import UTC, datetime

import discord

from bot.domain.polls import PollCloseJob
from bot.errors import PollGone, StoryGated, StoryGone
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.interactions.refusals import unexpected
from bot.services.delivery import RETRY_SECONDS, server_of
from bot.services.polls import Postable
from bot.services.scheduled_messages import SKEW_SECONDS
from bot.store.polls import LEASE_SECONDS
from bot.texts import say, speak
from bot.ui.polls import poll_screen, result_screen
from bot.ui.screen import Screen, notice

log = logging.getLogger(__name__)


AT_ONCE = 8
"""Polls that are closed at the same time, so that a slow request delays no other server."""

SENDING_SECONDS = LEASE_SECONDS - 10
"""Seconds after which sending is given up, so that nothing is under way when another process takes over."""

LOOKED_THROUGH = 1000
"""Messages after a poll's end among which its result is looked for."""


class PollClosing:
    """Closes polls: the votes are final at once, the message is drawn again, and then the result is posted, once."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._polls = bot.store.polls
        self._is_stopping = False

    def stop(self) -> None:
        """Begin with no other poll."""
        self._is_stopping = True

    async def close_due(self) -> None:
        """Close all polls that are due, several at the same time."""
        await asyncio.gather(*(self._close_each() for _ in range(AT_ONCE)))

    async def _close_each(self) -> None:
        while not self._is_stopping and (job := await self._polls.claim(self._bot.clock())) is not None:
            try:
                async with asyncio.timeout(SENDING_SECONDS):
                    await self._close(job)
            except (discord.Forbidden, discord.NotFound) as error:
                log.info("How poll %d ended is not shown: %s", job.poll, error)
                await self._polls.ended(job)
            except Exception as error:  # whatever it is, the others are still closed
                await self._retry(job, error)

    async def _retry(self, job: PollCloseJob, error: Exception) -> None:
        if job.tries <= len(RETRY_SECONDS):
            log.info("Poll %d could not be closed and is tried again: %r", job.poll, error, exc_info=unexpected(error))
            await self._polls.put_off(job, self._bot.clock() + RETRY_SECONDS[job.tries - 1])
        else:
            log.warning("Poll %d ended, which could not be shown: %r", job.poll, error, exc_info=unexpected(error))
            await self._polls.ended(job)

    async def _close(self, job: PollCloseJob) -> None:
        """Draw the poll as it ended, and post its result unless the poll was deleted or its story withdrawn."""
        channel = await self._channel(job)
        if channel is None or job.message is None:
            await self._polls.ended(job)
            return
        speak(channel.guild.preferred_locale.value)
        message = channel.get_partial_message(job.message)
        final, result = await self._screens(job, channel)
        await self._bot.refresher.idle(message.id)
        await message.edit(embeds=final.embeds, view=final.view)
        if result is not None and not (job.tries > 1 and await self._is_posted(job, message)):
            await message.channel.send(
                embeds=result.embeds,
                reference=message.to_reference(fail_if_not_exists=False),
                allowed_mentions=discord.AllowedMentions.none(),
                nonce=f"poll-{job.poll}",  # see `bot.services.delivery.nonce_of`
            )
        await self._polls.ended(job)

    async def _is_posted(self, job: PollCloseJob, poll: discord.PartialMessage) -> bool:
        """Return whether an earlier try has posted the result."""
        since, me = datetime.fromtimestamp(job.closed_at - SKEW_SECONDS, UTC), self._bot.user
        async for message in poll.channel.history(limit=LOOKED_THROUGH, after=since, oldest_first=True):
            if message.author == me and message.reference and message.reference.message_id == poll.id:
                return True
        return False

    async def _screens(self, job: PollCloseJob, channel: Postable) -> tuple[Screen, Screen | None]:
        """Return the poll as it ended and its result, as all who see the channel may see them."""
        polls = self._bot.store.for_audience(audience_in(channel)).polls
        try:
            poll, tally = await polls.find(job.poll, job.guild), await polls.tally(job.poll)
        except (PollGone, StoryGone, StoryGated):
            return notice(say("poll-hidden"), items=[]), None
        return poll_screen(poll, tally), result_screen(poll, tally)

    async def _channel(self, job: PollCloseJob) -> Postable | None:
        """Return the poll's channel; None if the channel or the bot's access to it is gone."""
        guild = server_of(self._bot, job.guild)
        if guild is None:
            return None
        channel = guild.get_channel_or_thread(job.channel) or await guild.fetch_channel(job.channel)
        if isinstance(channel, discord.Thread) and channel.archived:
            channel = await channel.edit(archived=False)
        return channel if isinstance(channel, Postable) else None
