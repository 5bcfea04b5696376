"""Messages that the bot sends by itself: known again by Discord, and tried again where they did not get through."""

import asyncio
import hashlib
import logging
from typing import Generic, Protocol, TypeVar

import discord

from bot.interactions.background import asks_by_itself
from bot.interactions.client import Oneshot
from bot.interactions.faults import unexpected
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

AT_ONCE = 10
"""Messages under way together: one that Discord holds up holds up no other."""

LAST_SECONDS = 5.0
"""Seconds that messages under way may take when the bot stops."""

RETRY_SECONDS = (60, 10 * 60, 60 * 60)
"""Seconds until a job that failed is tried again: once for each, then it is given up."""


class _Job(Protocol):
    @property
    def tries(self) -> int: ...


Job = TypeVar("Job", bound=_Job)


class _Queue(Protocol[Job]):
    async def claim(self, now: float) -> Job | None: ...
    async def put_back(self, job: Job, at: float) -> None: ...


def nonce_of(*parts: object) -> str:
    """Return a nonce for a message: the same for the same *parts*, at most 25 characters.

    For some minutes Discord does not post a second message with the same nonce. So a message that arrived, while the
    answer to the request did not, is not doubled by the next try
    (https://docs.discord.com/developers/resources/message#create-message, `enforce_nonce`).
    """
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def server_of(bot: Oneshot, guild: int) -> discord.Guild | None:
    """Return a server that the bot is in, or None. Raises `ConnectionError` while it is unavailable."""
    found = bot.get_guild(guild)
    if found is not None and found.unavailable:
        raise ConnectionError(f"server {guild} is unavailable")
    return found


async def server_anywhere(bot: Oneshot, guild: int) -> discord.Guild:
    """Return a server, also one of another process's shards. Raises `discord.NotFound` or `discord.Forbidden`."""
    return bot.get_guild(guild) or await bot.fetch_guild(guild, with_counts=False)


class Delivery(Generic[Job]):
    """Delivers the jobs of an outbox at most once: a job is taken out before it is sent, and a crash may lose it."""

    def __init__(self, bot: Oneshot, outbox: _Queue[Job]) -> None:
        self._bot = bot
        self._store = bot.store
        self._outbox = outbox
        self._under_way = set[asyncio.Task[None]]()

    async def deliver_due(self) -> None:
        """Deliver all jobs that are due, several at once."""
        try:
            while (job := await self._outbox.claim(self._bot.clock())) is not None:
                task = asyncio.create_task(self._try(job))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
                while len(self._under_way) >= AT_ONCE:
                    await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=LAST_SECONDS)

    async def _try(self, job: Job) -> None:
        try:
            await self._deliver(job)
        except Exception as error:  # whatever it is, the other jobs are still delivered
            await self._retry(job, error)

    async def _deliver(self, job: Job) -> None:
        """Deliver a job, if it is still wanted."""
        raise NotImplementedError

    async def _retry(self, job: Job, error: Exception) -> None:
        subject, trace = self._subject(job), unexpected(error)
        if job.tries < len(RETRY_SECONDS):
            log.info("A message about %s failed and is tried again: %r", subject, error, exc_info=trace)
            await self._outbox.put_back(job, self._bot.clock() + RETRY_SECONDS[job.tries])
        else:
            log.warning("A message about %s failed and is dropped: %r", subject, error, exc_info=trace)

    async def _send_direct(self, job: Job, reader: int, screen: Screen) -> None:
        """Send a direct message; one who takes none from the bot is not tried again for a while."""
        try:
            with asks_by_itself("reader"):
                channel = await self._bot.create_dm(discord.Object(reader))
                await self._send(job, channel, screen)
        except discord.NotFound:
            log.info("A reader is not on Discord any more")
        except discord.Forbidden:
            await self._store.settings.unreached(reader, self._bot.clock())

    async def _send(self, job: Job, channel: discord.TextChannel | discord.DMChannel, screen: Screen) -> None:
        message = await channel.send(
            embeds=screen.embeds,
            view=screen.view or discord.utils.MISSING,
            allowed_mentions=discord.AllowedMentions.none(),
            nonce=self._nonce(job),
        )
        try:
            await self._record(job, message)
        except Exception:  # once the message is there nothing may fail, or it would be sent again
            log.exception("Message %d was sent, but not recorded: emoji on it will not count", message.id)

    def _subject(self, job: Job) -> str:
        """Return what a job is about, for the log; it names no reader."""
        raise NotImplementedError

    def _nonce(self, job: Job) -> str:
        raise NotImplementedError

    async def _record(self, job: Job, message: discord.Message) -> None:
        raise NotImplementedError
