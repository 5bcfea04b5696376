"""News goes out: by direct message to each reader who wants it so, and once to a server's news channel."""

from __future__ import annotations

import asyncio
import hashlib
import logging

import discord

from bot.domain.audience import Audience
from bot.domain.news import News, NewsJob
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.ui.follows import notice_screen
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
"""Seconds between two messages: far below what Discord allows, so that news never stands in an answer's way."""

RETRY_SECONDS = (60, 10 * 60, 60 * 60)
"""Seconds until what did not get through is tried again: once for each, then it is dropped."""


class NewsDelivery:
    """Tells what is due. It is taken out of the outbox before it is sent: told once, or, over a crash, not at all."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._store = bot.store
        self._shut: set[int] = set()
        """The channels that cannot be written to, each named in the log once."""

    async def tell(self) -> None:
        """Tell all that is due."""
        while (due := await self._store.news.claim(self._bot.clock())) is not None:
            try:
                was_sent = await (self._to_reader(due) if due.reader else self._to_server(due))
            except Exception as error:  # whatever it is, the others are still told
                await self._failed(due, error)
                was_sent = True
            if was_sent:
                await asyncio.sleep(PAUSE_SECONDS)

    async def _failed(self, due: NewsJob, error: Exception) -> None:
        fault = None if isinstance(error, (discord.HTTPException, OSError)) else error
        if due.tries < len(RETRY_SECONDS):
            log.info("News of story %d did not get through and is tried again: %r", due.story, error, exc_info=fault)
            await self._store.news.put_back(due, self._bot.clock() + RETRY_SECONDS[due.tries])
        else:
            log.warning("News of story %d did not get through and is dropped: %r", due.story, error, exc_info=fault)

    async def _to_reader(self, due: NewsJob) -> bool:
        """Tell a reader of what they may see in a direct message, or in a server that they share with the bot."""
        news = await self._news(due, Audience(reader=due.reader, direct=True))
        screen = notice_screen(news) if news else await self._from_server(due)
        if screen is None:
            return False
        try:
            channel = await self._bot.create_dm(discord.Object(due.reader))
            await self._send(due, channel, screen)
        except discord.NotFound:
            log.info("A reader of story %d is not on Discord any more", due.story)
        except discord.Forbidden:  # closed to the bot: not tried again for a while
            await self._store.news.unreached(due.reader, self._bot.clock())
        return True

    async def _from_server(self, due: NewsJob) -> Screen | None:
        """The news of a story that only shows in servers, for a reader who is in one of them."""
        for number in await self._store.news.servers(due.story):
            guild = self._bot.get_guild(number)
            news = await self._news(due, Audience(guild=number, reader=due.reader)) if guild else None
            if guild and news and await _is_in(guild, due.reader):
                return notice_screen(news, server=guild.name, link=f"https://discord.com/channels/{guild.id}")
        return None

    async def _to_server(self, due: NewsJob) -> bool:
        """Tell a server's news channel of what all who see that channel may see."""
        chosen = (await self._store.settings.of_server(due.guild)).news_channel
        guild = self._bot.get_guild(due.guild)
        if chosen is None or guild is None:
            return False
        if guild.unavailable:
            raise ConnectionError(f"server {guild.id} is not there for now")
        channel = guild.get_channel(chosen)
        if not isinstance(channel, discord.TextChannel):
            self._note_shut(chosen, "it is gone")
            return False
        news = await self._news(due, audience_in(channel))
        if news is None:
            return False
        try:
            await self._send(due, channel, notice_screen(news, public=True))
        except (discord.Forbidden, discord.NotFound) as error:
            self._note_shut(chosen, str(error))
        else:
            self._shut.discard(chosen)
        return True

    def _note_shut(self, channel: int, why: str) -> None:
        if channel not in self._shut:
            log.warning("The news channel %d cannot be written to: %s", channel, why)
        self._shut.add(channel)

    async def _news(self, due: NewsJob, audience: Audience) -> News | None:
        return await self._store.for_audience(audience).news.news(due, self._bot.clock())

    async def _send(self, due: NewsJob, channel: discord.TextChannel | discord.DMChannel, screen: Screen) -> None:
        """Send a message. Once it is there nothing may fail, or it would be told again."""
        view = screen.view if screen.view is not None else discord.utils.MISSING
        nothing = discord.AllowedMentions.none()
        message = await channel.send(embeds=screen.embeds, view=view, allowed_mentions=nothing, nonce=_nonce(due))
        try:
            await self._store.posts.record(message.id, channel.id, due.guild or None, due.story)
            if due.reader:
                await self._store.news.unreached(due.reader, None)
        except Exception:
            log.exception("What followed a message of news failed: emoji on message %d will not count", message.id)


def _nonce(due: NewsJob) -> str:
    """By what Discord knows the same message again for some minutes, and does not post it twice.

    So a message that arrived, while word of it did not, is not doubled by the next try
    (https://docs.discord.com/developers/resources/message#create-message, `enforce_nonce`); at most 25 characters.
    """
    return hashlib.blake2b(
        repr((due.reader, due.guild, due.story, sorted(due.about))).encode(), digest_size=12
    ).hexdigest()


async def _is_in(guild: discord.Guild, reader: int) -> bool:
    try:
        await guild.fetch_member(reader)
    except discord.NotFound:
        return False
    return True
