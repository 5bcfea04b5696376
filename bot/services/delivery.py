"""Delivery of notices from the outbox: a failed notice is retried, but a crash never repeats a notice."""

import asyncio
import logging

import discord

from bot.domain.notices import Notice
from bot.interactions.background import asks_by_itself
from bot.interactions.client import Oneshot
from bot.interactions.faults import unexpected
from bot.interactions.permissions import closed_channel, server_of
from bot.services.notices import KINDS, Kind
from bot.services.sending import nonce_of, send_once
from bot.texts import set_language
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

AT_ONCE = 10
"""Maximum number of messages sent at the same time, so that a slow request does not delay the others."""

LAST_SECONDS = 5.0
"""Maximum seconds to wait, at the end of a run or at shutdown, for messages that are being sent."""

RETRY_SECONDS = (60, 10 * 60, 60 * 60)
"""Seconds before each retry of a failed notice. A notice that fails again after the last retry is dropped."""


class Delivery:
    """Delivers notices. Each leaves the outbox before it is sent, so a crash may lose a notice, but not repeat it."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._outbox = bot.store.outbox
        self._under_way = set[asyncio.Task[None]]()

    async def deliver_due(self) -> None:
        """Deliver all due notices, several at the same time."""
        try:
            while (notice := await self._outbox.claim(self._bot.clock())) is not None:
                task = asyncio.create_task(self._deliver(notice))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
                while len(self._under_way) >= AT_ONCE:
                    await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=LAST_SECONDS)

    async def _deliver(self, notice: Notice) -> None:
        try:
            kind = KINDS[notice.kind]
            await (self._send_direct(notice, kind) if notice.user else self._post(notice, kind))
        except Exception as error:  # any error: the other notices must still be delivered
            await self._retry(notice, error)

    async def _retry(self, notice: Notice, error: Exception) -> None:
        what, trace = f"{notice.kind} {notice.subject}", unexpected(error)
        if notice.tries < len(RETRY_SECONDS):
            log.info("A message about %s failed and is tried again: %r", what, error, exc_info=trace)
            await self._outbox.put_back(notice, self._bot.clock() + RETRY_SECONDS[notice.tries])
        else:
            log.warning("A message about %s failed and is dropped: %r", what, error, exc_info=trace)

    async def _send_direct(self, notice: Notice, kind: Kind) -> None:
        """Send a direct message. If Discord refuses it, record the time: the member then gets no news for a week."""
        if kind.direct is None:
            raise LookupError(f"no direct message is declared for the kind {notice.kind!r}")
        if (screen := await kind.direct(self._bot, notice)) is None:
            return
        try:
            with asks_by_itself("reader"):
                await self._send(notice, await self._bot.create_dm(discord.Object(notice.user)), screen)
        except discord.NotFound:
            log.info("A reader is not on Discord any more")
        except discord.Forbidden:
            await self._bot.store.settings.unreached(notice.user, self._bot.clock())
        else:
            await self._record_reached(notice.user)

    async def _record_reached(self, reader: int) -> None:
        try:
            await self._bot.store.settings.unreached(reader, None)
        except Exception:  # the message is sent: an exception would send it again
            log.exception("A message was sent, but not recorded: its reader may miss the next")

    async def _post(self, notice: Notice, kind: Kind) -> None:
        """Post in the channel that the server chose; drop the notice if the bot cannot post there."""
        if kind.post is None or kind.channel is None:
            raise LookupError(f"no post is declared for the kind {notice.kind!r}")
        chosen = kind.channel(await self._bot.store.settings.of_server(notice.guild))
        if chosen is None or (guild := server_of(self._bot, notice.guild)) is None:
            return
        channel, closed = guild.get_channel(chosen), closed_channel(self._bot, guild, chosen)
        if not isinstance(channel, discord.TextChannel) or closed is not None:
            self._bot.background.refusals.leave_out(chosen, closed)
            return
        set_language(guild.preferred_locale.value)
        if (screen := await kind.post(self._bot, notice, channel)) is None:
            return
        try:
            await self._send(notice, channel, screen)
        except (discord.Forbidden, discord.NotFound) as error:
            self._bot.background.refusals.leave_out(chosen, error)

    async def _send(self, notice: Notice, channel: discord.abc.Messageable, screen: Screen) -> None:
        nonce = nonce_of(notice.kind, notice.guild, notice.user, notice.subject, notice.items)
        await send_once(self._bot, channel, screen, nonce, notice.guild or None, None)
