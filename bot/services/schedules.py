"""Posting the due runs of schedules, each once, despite restarts, crashes and several processes.

A run is leased in the store before it is sent (`bot/store/schedules.py`). If a lease expires before the run is
finished, the next try first searches the channel for messages of the run: the custom ids of their buttons name it.
"""

import asyncio
import logging
from collections.abc import Iterable

import discord

from bot.cards import DESIGNS
from bot.domain.schedules import LATE_SECONDS, LEASE_SECONDS, Daily, Plan, PlanFault, RunLease, Serial
from bot.errors import CardError, ForbiddenByAuthor, NoQuotes, StoryGated, StoryGone
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.interactions.faults import unexpected
from bot.interactions.permissions import IN_THREAD, POSTING, WITH_PICTURE, missing
from bot.services.sending import RunMessages, alert_managers
from bot.store import Store
from bot.stories.model import QuoteInContext, StorySummary
from bot.texts import set_language
from bot.ui.ids import ReadPosted
from bot.ui.pages import thread_name
from bot.ui.quotes import card_text
from bot.ui.reactions import OFFERED
from bot.ui.schedules import daily_screen, end_screen, instalment_screens, stopped_screen
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

SENDING_SECONDS = LEASE_SECONDS - 60
"""Timeout of a run in seconds: it ends before the lease, after which another process may take over."""

AT_ONCE = 8
"""Maximum number of runs posted at the same time, so that a slow request delays no other server."""

RETRY_SECONDS = (60, 5 * 60, 15 * 60, 60 * 60)
"""Seconds before each retry of a failed run; the last value repeats."""


class StopPosting(Exception):
    """Raised to stop a schedule because of a permanent *fault*."""

    def __init__(self, fault: PlanFault) -> None:
        super().__init__(fault)
        self.fault: PlanFault = fault


class SkipRun(Exception):
    """Raised to skip a run: its window has passed, or the serial has ended."""


class NotInServer(Exception):
    """Raised if the bot is no longer in the schedule's server."""


class ScheduledPosting:
    """Posts due runs, and records their results."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._store = bot.store

    async def post_due(self) -> None:
        """Post all due runs, several at the same time, since many servers choose the same hour."""
        if (first := await self._begin()) is not None:
            await asyncio.gather(self._post_from(first), *(self._post_from(None) for _ in range(AT_ONCE - 1)))

    async def _post_from(self, lease: RunLease | None) -> None:
        while (lease := lease or await self._begin()) is not None:
            await self.post(lease)
            lease = None

    async def _begin(self) -> RunLease | None:
        return await self._store.schedules.begin(self._bot.clock())

    async def post(self, lease: RunLease) -> int | None:
        """Post a run; return the id of its last message.

        None if the run will be retried or was skipped, or if its schedule has stopped or is gone.
        """
        subject = await self._store.schedules.find(lease.plan)
        if subject is None:
            await self._store.schedules.drop(lease)
            return None
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                return await self._post(lease, subject)
        except SkipRun:
            await self._store.schedules.drop(lease)
        except NotInServer:
            await self._store.schedules.leave(subject.plan.guild)
        except Exception as error:  # any error: the other runs must still be posted
            fault = _fault(error)
            if fault is None:
                await self._retry(lease, error)
            else:
                await self._stop(subject.plan, fault)
        return None

    async def _post(self, lease: RunLease, subject: Daily | Serial) -> int | None:
        in_thread = isinstance(subject, Serial) and subject.in_thread
        channel = await self._channel(subject.plan, in_thread=in_thread)
        set_language(channel.guild.preferred_locale.value)
        if isinstance(subject, Daily):
            return await self._post_daily(lease, subject, channel)
        return await self._post_serial(lease, subject, channel)

    async def _channel(self, plan: Plan, *, in_thread: bool) -> discord.TextChannel:
        guild = self._bot.get_guild(plan.guild)
        if guild is None:
            await self._check_membership(plan.guild)
        if guild is None or guild.unavailable:
            raise ConnectionError(f"unavailable: {plan.guild}")
        channel = guild.get_channel(plan.channel)
        if not isinstance(channel, discord.TextChannel):
            raise StopPosting("channel")
        if missing(channel, IN_THREAD if in_thread else POSTING):
            raise StopPosting("permission")
        return channel

    async def _check_membership(self, guild: int) -> None:
        """Raise `NotInServer` if the bot has left the server. Otherwise the server is just not loaded yet."""
        try:
            await self._bot.fetch_guild(guild, with_counts=False)
        except (discord.NotFound, discord.Forbidden):
            raise NotInServer from None

    async def _post_daily(self, lease: RunLease, daily: Daily, channel: discord.TextChannel) -> int:
        messages = RunMessages(self._bot, lease, channel.guild.id)
        message = (await self._already_sent(lease, messages, [channel.id])).get(1)
        if message is None:
            message = await messages.send(1, channel.id, await self._quote(lease, daily, channel))
        await self._store.schedules.finish(lease, message)
        return message

    async def _quote(self, lease: RunLease, daily: Daily, channel: discord.TextChannel) -> Screen:
        """Return the next quote for the server. `/quote` draws from the same deck, so the two do not repeat quotes."""
        store = self._store.for_audience(audience_in(channel))
        story = await store.stories.entry(daily.story) if daily.story is not None else None
        if story is not None and not story.may_share:
            raise StopPosting("wish")
        quote = await store.quotes.draw(f"guild:{channel.guild.id}", story, first_part=True, shared=True)
        wants_picture = daily.style == "card" and not missing(channel, WITH_PICTURE)
        return daily_screen(quote, lease, await self._picture(quote) if wants_picture else None)

    async def _picture(self, quote: QuoteInContext) -> bytes | None:
        """Return the picture of a quote; None if drawing fails, to post it as text."""
        try:
            return await self._bot.studio.card(card_text(quote), DESIGNS[0])
        except CardError as error:
            log.info("Quote %d is posted in words: %s", quote.id, error)
            return None

    async def _post_serial(self, lease: RunLease, serial: Serial, channel: discord.TextChannel) -> int | None:
        store = self._store.for_audience(audience_in(channel))
        posted = await store.instalments.open(serial.story, serial.spot, serial.size)
        if posted is None:
            await self._store.schedules.rest(serial.plan.id, "ended")
            raise SkipRun
        if not posted.story.may_share:
            raise StopPosting("wish")
        screens = instalment_screens(posted, lease, whole=serial.in_thread, tells=serial.role is not None)
        if posted.following is None:
            read = ReadPosted(lease.plan, lease.number, len(screens) + 1, posted.story.id, from_start=True)
            screens.append(await end_of(store, posted.story, channel.guild.id, read))
        message = await self._send_parts(lease, serial, channel, posted.story, screens)
        await self._store.serials.finish(lease, posted, message)
        return message

    async def _send_parts(
        self, lease: RunLease, serial: Serial, channel: discord.TextChannel, story: StorySummary, screens: list[Screen]
    ) -> int:
        """Send the parts not sent yet, in order; return the id of the last message.

        In a serial with a thread, the first message opens the thread.
        """
        messages = RunMessages(self._bot, lease, channel.guild.id)
        where, message = serial.thread or channel.id, 0
        is_first = serial.plan.posted is None  # the serial's first message is in the channel, above the thread
        sent = await self._already_sent(lease, messages, {where, channel.id} if is_first else {where})
        for part, screen in enumerate(screens, start=1):
            role = serial.role if part == 1 else None
            message = sent.get(part) or await messages.send(part, where, screen, role)
            if serial.in_thread and where == channel.id:
                where = await messages.open_thread(channel.id, message, thread_name(story))
                await self._store.serials.open_thread(serial.plan.id, where)
                sent |= await messages.sent(where) if lease.tries else {}
        return message

    async def _already_sent(self, lease: RunLease, messages: RunMessages, channels: Iterable[int]) -> dict[int, int]:
        """Return the ids of the messages that earlier tries of the run sent, by part.

        Raises `SkipRun` if there are none and the run's window has passed.
        """
        if not lease.tries:
            return {}
        sent = {part: message for channel in channels for part, message in (await messages.sent(channel)).items()}
        if not sent and self._bot.clock() >= _window_end(lease):
            raise SkipRun
        return sent

    async def _retry(self, lease: RunLease, error: Exception) -> None:
        name = f"{lease.plan}:{lease.number}"
        log.info("Run %s failed and is tried again: %r", name, error, exc_info=unexpected(error))
        now, window_end = self._bot.clock(), _window_end(lease)
        at = now + RETRY_SECONDS[min(lease.tries, len(RETRY_SECONDS) - 1)]
        await self._store.schedules.put_off(lease, min(at, window_end) if now < window_end else at)

    async def _stop(self, plan: Plan, fault: PlanFault) -> None:
        """Stop a schedule, and alert the server's managers once."""
        if not await self._store.schedules.fail(plan.id, fault):
            return
        log.info("Plan %d has stopped: %s", plan.id, fault)
        guild = self._bot.get_guild(plan.guild)
        if guild is not None:
            set_language(guild.preferred_locale.value)
            here = stopped_screen(plan.kind, plan.channel, fault, None)
            direct = stopped_screen(plan.kind, plan.channel, fault, guild.name)
            await alert_managers(self._bot, guild, plan.by, here, direct)


async def end_of(store: Store, story: StorySummary, guild: int | None, read: ReadPosted) -> Screen:
    """Return the screen after the last instalment of a serial; the button *read* opens the story's start."""
    chosen = (await store.settings.of_server(guild)).reactions
    question = await store.questions.asked(story.id, guild)
    return end_screen(
        story,
        read,
        question=question if story.wishes.vote or not question.is_default else None,
        reactions=await store.reactions.tally(story.id),
        offered=OFFERED if chosen is None else chosen,
    )


def _window_end(lease: RunLease) -> int:
    """Return the end of a run's window: the time of the next run or, for a daily quote, an earlier deadline."""
    return min(lease.next_at, lease.due_at + LATE_SECONDS) if lease.kind == "daily" else lease.next_at


def _fault(error: Exception) -> PlanFault | None:
    """Return the permanent fault for which a schedule stops; None for an error that may pass."""
    if isinstance(error, StopPosting):
        return error.fault
    return next((fault for kind, fault in _FAULTS.items() if isinstance(error, kind)), None)


_FAULTS: dict[type[Exception], PlanFault] = {
    StoryGone: "story",
    StoryGated: "gate",
    NoQuotes: "quotes",
    ForbiddenByAuthor: "wish",
    discord.Forbidden: "permission",
    discord.NotFound: "channel",
}
