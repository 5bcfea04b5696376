"""News of stories, as its followers may see it: a reader by direct message, a server in its channel for updates."""

from dataclasses import replace

import discord

from bot.domain.audience import Audience
from bot.domain.news import News
from bot.domain.notices import Notice
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.ui.news import news_screen
from bot.ui.screen import Screen


async def update_for_reader(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return what a reader may see in a direct message, or in a server that they share with the bot."""
    news = await _news(bot, notice, Audience(reader=notice.user, direct=True))
    return news_screen(news) if news else await _from_server(bot, notice)


async def update_for_server(bot: Oneshot, notice: Notice, channel: discord.TextChannel) -> Screen | None:
    """Return what all who see a server's channel for updates may see."""
    news = await _news(bot, notice, audience_in(channel))
    return news_screen(news, public=True) if news else None


async def _from_server(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return the news of a story that shows only in servers, for a reader who is a member of one of them."""
    for number in await bot.store.news.servers(notice.subject):
        news = await _news(bot, notice, Audience(guild=number, reader=notice.user))
        guild = await _shared_server(bot, number, notice.user) if news else None
        if guild and news:
            return news_screen(news, server=guild.name, link=f"https://discord.com/channels/{guild.id}")
    return None


async def _news(bot: Oneshot, notice: Notice, audience: Audience) -> News | None:
    store = bot.store.for_audience(audience)
    news = await store.news.news(notice, bot.clock())
    if news is None or not news.chapters:
        return news
    return replace(news, result=await store.questions.news_of(news.chapters[0].id))


async def _shared_server(bot: Oneshot, number: int, reader: int) -> discord.Guild | None:
    """Return a server that the bot and the reader are both in; None where one of them is not."""
    try:
        guild = bot.get_guild(number) or await bot.fetch_guild(number, with_counts=False)  # it may be another shard's
        await guild.fetch_member(reader)
    except (discord.NotFound, discord.Forbidden):
        return None
    return guild
