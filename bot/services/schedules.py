"""What is due on a schedule is posted: once each, over restarts, crashes and two processes.

A run is begun in the store before it is sent (`bot/store/schedules.py`). What was begun and is not known to be over is
looked for in the channel before it is sent again: the button under each message says which run it is of.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

import discord

from bot.cards import DESIGNS
from bot.domain.schedules import LATE_SECONDS, LEASE_SECONDS, Daily, Fault, Plan, RunLease, Serial
from bot.errors import CardError, NoQuotes, StoryGated, StoryGone
from bot.interactions.audience import audience_in
from bot.interactions.channels import IN_THREAD, POSTING, WITH_PICTURE, missing
from bot.interactions.client import Oneshot
from bot.services.delivery import unexpected
from bot.services.manager_alerts import tell_managers
from bot.services.pages import end_of
from bot.services.scheduled_messages import RunMessages
from bot.stories.model import QuoteInContext, StorySummary
from bot.texts import speak
from bot.ui.daily import daily_screen
from bot.ui.ids.schedules import ReadPosted
from bot.ui.quotes import card_text
from bot.ui.schedules import stopped_screen
from bot.ui.screen import Screen
from bot.ui.serials import instalment_screens
from bot.ui.shared_reading import thread_name

log = logging.getLogger(__name__)

SENDING_SECONDS = LEASE_SECONDS - 60
"""Seconds after which sending is given up, so that nothing is under way any more when another takes over."""

AT_ONCE = 8
"""Runs that are posted at once, so that a server that does not answer holds up no other."""

RETRY_SECONDS = (60, 5 * 60, 15 * 60, 60 * 60)
"""Seconds until what did not get through is tried again; the last of them again and again."""


class StopPosting(Exception):
    """It stops: what is wrong does not mend itself."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Superseded(Exception):
    """It was not sent, and there is something newer to send, or it is too late."""


class Left(Exception):
    """The bot is not in the server any more."""


class ScheduledPosting:
    """Posts what is due, and keeps what became of it."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._store = bot.store

    async def post_due(self) -> None:
        """Post all that is due, some of it at once: at six in the evening many servers wait."""
        await asyncio.gather(*(self._post_each() for _ in range(AT_ONCE)))

    async def _post_each(self) -> None:
        while (begun := await self._store.schedules.begin(self._bot.clock())) is not None:
            await self.post(begun)

    async def post(self, begun: RunLease) -> int | None:
        """Post a run that was begun; its last message. None where it is to be tried again, or cannot be posted."""
        subject = await self._subject(begun)
        if subject is None:
            await self._store.schedules.drop(begun)
            return None
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                return await self._post(begun, subject)
        except Superseded:
            await self._store.schedules.drop(begun)
        except Left:
            await self._store.schedules.leave(subject.plan.guild)
        except Exception as error:  # whatever it is, the others are still posted
            fault = _fault(error)
            if fault is None:
                await self._put_off(begun, error)
            else:
                await self._stop(subject.plan, fault)
        return None

    async def _subject(self, begun: RunLease) -> Daily | Serial | None:
        if begun.kind == "daily":
            return await self._store.daily.find(begun.plan)
        return await self._store.serials.find(begun.plan)

    async def _post(self, begun: RunLease, subject: Daily | Serial) -> int | None:
        in_thread = isinstance(subject, Serial) and subject.in_thread
        channel = await self._channel(subject.plan, in_thread=in_thread)
        speak(channel.guild.preferred_locale.value)
        if isinstance(subject, Daily):
            return await self._post_daily(begun, subject, channel)
        return await self._post_serial(begun, subject, channel)

    async def _channel(self, plan: Plan, *, in_thread: bool) -> discord.TextChannel:
        guild = self._bot.get_guild(plan.guild)
        if guild is None:
            await self._ask_for(plan.guild)
        if guild is None or guild.unavailable:
            raise ConnectionError(f"unavailable: {plan.guild}")
        channel = guild.get_channel(plan.channel)
        if not isinstance(channel, discord.TextChannel):
            raise StopPosting("channel")
        if missing(channel, IN_THREAD if in_thread else POSTING):
            raise StopPosting("permission")
        return channel

    async def _ask_for(self, guild: int) -> None:
        """Raises `Left` where Discord says that the bot is not in a server; else it only is not there yet."""
        try:
            await self._bot.fetch_guild(guild, with_counts=False)
        except (discord.NotFound, discord.Forbidden):
            raise Left from None

    async def _post_daily(self, begun: RunLease, daily: Daily, channel: discord.TextChannel) -> int:
        sending = RunMessages(self._bot, begun, channel.guild.id)
        message = (await self._there(begun, sending, [channel.id])).get(1)
        if message is None:
            message = await sending.send(1, channel.id, await self._quote(begun, daily, channel))
        await self._store.schedules.finish(begun, message)
        return message

    async def _quote(self, begun: RunLease, daily: Daily, channel: discord.TextChannel) -> Screen:
        """The next quote of the server's deck, which `/quote` draws from, too."""
        store = self._store.for_audience(audience_in(channel))
        story = await store.stories.entry(daily.story) if daily.story is not None else None
        if story is not None and not story.may_share:
            raise StopPosting("wish")
        drawn = await store.quotes.draw(f"guild:{channel.guild.id}", story, first_part=True, shared=True)
        wants_picture = daily.style == "card" and not missing(channel, WITH_PICTURE)
        return daily_screen(drawn, begun, await self._picture(drawn) if wants_picture else None)

    async def _picture(self, drawn: QuoteInContext) -> bytes | None:
        """A quote as a page of a book; None where it cannot be set as one: then it is posted in words."""
        try:
            return await self._bot.studio.card(card_text(drawn), DESIGNS[0])
        except CardError as error:
            log.info("Quote %d is posted in words: %s", drawn.id, error)
            return None

    async def _post_serial(self, begun: RunLease, serial: Serial, channel: discord.TextChannel) -> int | None:
        store = self._store.for_audience(audience_in(channel))
        posted = await store.instalments.open(serial.story, serial.spot, serial.size)
        if posted is None:
            await self._store.schedules.rest(serial.plan.id, "ended")
            raise Superseded
        if not posted.story.may_share:
            raise StopPosting("wish")
        screens = instalment_screens(posted, begun, whole=serial.in_thread, tells=serial.role is not None)
        if posted.following is None:
            read = ReadPosted(begun.plan, begun.number, len(screens) + 1, posted.story.id, from_start=True)
            screens.append(await end_of(store, posted.story, channel.guild.id, read))
        message = await self._send_parts(begun, serial, channel, posted.story, screens)
        await self._store.serials.finish(begun, posted, message)
        return message

    async def _send_parts(
        self, begun: RunLease, serial: Serial, channel: discord.TextChannel, story: StorySummary, screens: list[Screen]
    ) -> int:
        """Send what is not there yet, in order; the first message of all opens the thread for the others."""
        sending = RunMessages(self._bot, begun, channel.guild.id)
        where, message = serial.thread or channel.id, 0
        is_first = serial.plan.posted is None  # then it stands in the channel, above the thread
        there = await self._there(begun, sending, {where, channel.id} if is_first else {where})
        for part, screen in enumerate(screens, start=1):
            role = serial.role if part == 1 else None
            message = there.get(part) or await sending.send(part, where, screen, role)
            if serial.in_thread and where == channel.id:
                where = await sending.open_thread(channel.id, message, thread_name(story))
                await self._store.serials.open_thread(serial.plan.id, where)
                there |= await sending.there(where) if begun.tries else {}
        return message

    async def _there(self, begun: RunLease, sending: RunMessages, channels: Iterable[int]) -> dict[int, int]:
        """What is there of a run that was tried before; `Superseded` where that is nothing, and it is over."""
        if not begun.tries:
            return {}
        there = {part: message for channel in channels for part, message in (await sending.there(channel)).items()}
        if not there and self._bot.clock() >= _last_at(begun):
            raise Superseded
        return there

    async def _put_off(self, begun: RunLease, error: Exception) -> None:
        name = f"{begun.plan}:{begun.number}"
        log.info("Run %s failed and is tried again: %r", name, error, exc_info=unexpected(error))
        now, last_at = self._bot.clock(), _last_at(begun)
        at = now + RETRY_SECONDS[min(begun.tries, len(RETRY_SECONDS) - 1)]
        await self._store.schedules.put_off(begun, min(at, last_at) if now < last_at else at)

    async def _stop(self, plan: Plan, fault: Fault) -> None:
        """Stop it, and say so once to those who manage the server."""
        if not await self._store.schedules.fail(plan.id, fault):
            return
        log.info("Plan %d has stopped: %s", plan.id, fault)
        guild = self._bot.get_guild(plan.guild)
        if guild is not None:
            speak(guild.preferred_locale.value)
            here = stopped_screen(plan.kind, plan.channel, fault, None)
            direct = stopped_screen(plan.kind, plan.channel, fault, guild.name)
            await tell_managers(self._bot, guild, plan.by, here, direct)


def _last_at(begun: RunLease) -> int:
    """From when on it is not sent any more: the next one is due, or it is too late."""
    return min(begun.next_at, begun.due_at + LATE_SECONDS) if begun.kind == "daily" else begun.next_at


def _fault(error: Exception) -> Fault | None:
    """Why something stops for good; None for what may go away."""
    match error:
        case StopPosting():
            return error.fault
        case StoryGone():
            return "story"
        case StoryGated():
            return "gate"
        case NoQuotes():
            return "quotes"
        case discord.Forbidden():
            return "permission"
        case discord.NotFound():
            return "channel"
        case _:
            return None
