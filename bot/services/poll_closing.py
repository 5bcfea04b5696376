"""Polls close on time: their message shows how they ended, and a reply below it tells all."""

from __future__ import annotations

import logging

import discord

from bot.domain.polls import PollCloseJob
from bot.errors import ReaderError
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.interactions.sleep import InterruptibleSleep
from bot.services.polls import Postable
from bot.texts import speak
from bot.ui.polls import hidden_poll_screen, poll_screen, result_screen
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""Seconds between two looks at what is due, at most: another process may have opened a poll, or a clock been set."""

RETRY_SECONDS = (60, 10 * 60, 60 * 60)
"""Seconds until what did not get through is tried again: once for each, then it is given up."""


class PollClosing:
    """Closes what is due. Its votes are final at once; its message is drawn before the result is told, once."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._polls = bot.store.polls
        self._pause = InterruptibleSleep()
        self._is_stopping = False

    async def run(self) -> None:
        """Close all that comes due, and sleep in between, until it is stopped."""
        while not self._is_stopping:
            seconds = LOOK_SECONDS
            try:
                await self.close_due()
                if (due := await self._polls.next_due()) is not None:
                    seconds = min(max(due - self._bot.clock(), 0), LOOK_SECONDS)
            except Exception:  # the loop would end with it
                log.exception("Polls could not be closed; the next look tries again")
            await self._pause.wait(seconds)

    def wake(self) -> None:
        """Look at once: something else may be due first."""
        self._pause.wake()

    def stop(self) -> None:
        """End when the poll that is being closed is: a result is not cut off."""
        self._is_stopping = True
        self._pause.wake()

    async def close_due(self) -> None:
        """Close all that is due now."""
        while not self._is_stopping and (ending := await self._polls.claim(self._bot.clock())) is not None:
            try:
                await self._see_to(ending)
            except (discord.Forbidden, discord.NotFound) as error:
                log.info("How poll %d ended is not shown: %s", ending.poll, error)
                await self._polls.ended(ending)
            except Exception as error:  # whatever it is, the others are still closed
                await self._failed(ending, error)

    async def _failed(self, ending: PollCloseJob, error: Exception) -> None:
        fault = None if isinstance(error, (discord.HTTPException, OSError)) else error
        if ending.tries <= len(RETRY_SECONDS):
            log.info("Poll %d could not be closed and is tried again: %r", ending.poll, error, exc_info=fault)
            await self._polls.put_off(ending, self._bot.clock() + RETRY_SECONDS[ending.tries - 1])
        else:
            log.warning("Poll %d is closed, but how it ended is not shown: %r", ending.poll, error, exc_info=fault)
            await self._polls.ended(ending)

    async def _see_to(self, ending: PollCloseJob) -> None:
        """Draw the poll as it ended, then tell how; where it was deleted, or its story withdrawn, nothing is told."""
        channel = await self._channel(ending)
        if channel is None or ending.message is None:
            await self._polls.ended(ending)
            return
        speak(channel.guild.preferred_locale.value)
        message = channel.get_partial_message(ending.message)
        final, result = await self._screens(ending, channel)
        await self._bot.refresher.idle(message.id)
        await message.edit(embeds=final.embeds, view=final.view)
        if await self._polls.ended(ending) and result is not None:
            await self._tell(ending, message, result)

    async def _screens(self, ending: PollCloseJob, channel: Postable) -> tuple[Screen, Screen | None]:
        """The poll as it ended and its result, as those may see them who see the channel."""
        polls = self._bot.store.for_audience(audience_in(channel)).polls
        try:
            poll, tally = await polls.find(ending.poll, ending.guild), await polls.tally(ending.poll)
        except ReaderError:
            return hidden_poll_screen(), None
        return poll_screen(poll, tally), result_screen(poll, tally)

    async def _tell(self, ending: PollCloseJob, message: discord.PartialMessage, result: Screen) -> None:
        """Post the result below the poll. By its nonce Discord knows it again for some minutes and posts it once."""
        await message.channel.send(
            embeds=result.embeds,
            reference=message.to_reference(fail_if_not_exists=False),
            allowed_mentions=discord.AllowedMentions.none(),
            nonce=f"poll-{ending.poll}",
        )

    async def _channel(self, ending: PollCloseJob) -> Postable | None:
        """Where the poll is; None where it, or the bot's way to it, is gone."""
        guild = self._bot.get_guild(ending.guild)
        if guild is None:
            return None
        if guild.unavailable:
            raise ConnectionError(f"server {guild.id} is not there for now")
        channel = guild.get_channel_or_thread(ending.channel) or await guild.fetch_channel(ending.channel)
        if isinstance(channel, discord.Thread) and channel.archived:
            channel = await channel.edit(archived=False)
        return channel if isinstance(channel, Postable) else None
