"""Delivers news of stories: by direct message to each reader who follows one, and once to a server's news channel."""

import logging
from dataclasses import replace

import discord

from bot.domain.audience import Audience
from bot.domain.news import News, NewsJob
from bot.interactions.audience import audience_in
from bot.interactions.channels import WRITING, missing
from bot.interactions.client import Oneshot
from bot.services.delivery import Delivery, nonce_of, server_anywhere, server_of
from bot.services.posts import record_post
from bot.ui.news import news_screen
from bot.ui.screen import Screen

log = logging.getLogger(__name__)


class NewsDelivery(Delivery[NewsJob]):
    """Notifies readers and servers of what they may see where they are notified."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, bot.store.news)
        self._closed: set[int] = set()
        """The channels that cannot be written to; the log names each once."""

    async def _deliver(self, job: NewsJob) -> None:
        await (self._to_reader(job) if job.reader else self._to_server(job))

    async def _to_reader(self, job: NewsJob) -> None:
        """Notify a reader of what they may see in a direct message, or in a server that they share with the bot."""
        news = await self._news(job, Audience(reader=job.reader, direct=True))
        screen = news_screen(news) if news else await self._from_server(job)
        if screen is not None:
            await self._send_direct(job, job.reader, screen)

    async def _from_server(self, job: NewsJob) -> Screen | None:
        """Return the news of a story that shows only in servers, for a reader who is a member of one of them."""
        for number in await self._store.news.servers(job.story):
            news = await self._news(job, Audience(guild=number, reader=job.reader))
            guild = await _shared_server(self._bot, number, job.reader) if news else None
            if guild and news:
                return news_screen(news, server=guild.name, link=f"https://discord.com/channels/{guild.id}")
        return None

    async def _to_server(self, job: NewsJob) -> None:
        """Post what all who see a server's news channel may see."""
        chosen = (await self._store.settings.of_server(job.guild)).news_channel
        if chosen is None or (guild := server_of(self._bot, job.guild)) is None:
            return
        channel = guild.get_channel(chosen)
        if not isinstance(channel, discord.TextChannel):
            self._note_closed(chosen, "it is gone")
            return
        if lacking := missing(channel, WRITING):
            self._note_closed(chosen, f"the bot lacks {', '.join(lacking)}")
            return
        news = await self._news(job, audience_in(channel))
        if news is None:
            return
        try:
            await self._send(job, channel, news_screen(news, public=True))
        except (discord.Forbidden, discord.NotFound) as error:
            self._note_closed(chosen, str(error))
        else:
            self._closed.discard(chosen)

    def _note_closed(self, channel: int, why: str) -> None:
        if channel not in self._closed:
            log.warning("The news channel %d cannot be written to: %s", channel, why)
        self._closed.add(channel)

    async def _news(self, job: NewsJob, audience: Audience) -> News | None:
        store = self._store.for_audience(audience)
        news = await store.news.news(job, self._bot.clock())
        if news is None or not news.chapters:
            return news
        return replace(news, result=await store.questions.news_of(news.chapters[0].id))

    def _subject(self, job: NewsJob) -> str:
        return f"story {job.story}"

    def _nonce(self, job: NewsJob) -> str:
        return nonce_of(job.reader, job.guild, job.story, sorted(job.about))

    async def _record(self, job: NewsJob, message: discord.Message) -> None:
        await record_post(self._bot, message.id, message.channel.id, job.guild or None, job.story)
        if job.reader:
            await self._store.settings.unreached(job.reader, None)


async def _shared_server(bot: Oneshot, number: int, reader: int) -> discord.Guild | None:
    """Return a server that the bot and the reader are both in; None where one of them is not."""
    try:
        guild = await server_anywhere(bot, number)
        await guild.fetch_member(reader)
    except (discord.NotFound, discord.Forbidden):
        return None
    return guild
