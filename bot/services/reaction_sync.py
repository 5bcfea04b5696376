"""Emoji that came or went on the bot's messages while it was away are counted when it is back.

Discord tells of a reaction once, to who listens. So at each new start of the gateway's stream the latest messages about
stories are looked at again: one request for a message, one more for each hundred readers of an emoji whose count
differs from what is stored, and a pause after each, so that this never stands in an answer's way.
"""

from __future__ import annotations

import asyncio
import logging

import discord

from bot.domain.posts import Post
from bot.domain.reactions import Emoji
from bot.interactions.client import Oneshot

log = logging.getLogger(__name__)

MOST_MESSAGES = 1000
"""The latest messages that are looked at."""

OLDEST_SECONDS = 30 * 24 * 60 * 60
"""Seconds since a message was posted after which nobody looks at it, whatever is on it."""

PAUSE_SECONDS = 1.0
"""Seconds between two requests: Discord allows fifty a second in all, and far fewer for reactions."""


class Reconciling:
    """Looks at the messages one by one; what Discord does not hand out stays as it is stored."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._reactions = bot.store.reactions

    async def run(self) -> None:
        """Look at all the latest messages, the newest first."""
        posts = await self._bot.store.posts.latest(MOST_MESSAGES, self._bot.clock() - OLDEST_SECONDS)
        for post in posts:
            try:
                await self._look_at(post)
            except (discord.Forbidden, discord.NotFound):
                continue  # a deleted message keeps what it earned
            except (discord.HTTPException, OSError) as error:
                log.warning("The reactions on message %d could not be read: %s", post.message, error)

    async def _look_at(self, post: Post) -> None:
        channel = self._bot.get_partial_messageable(post.channel, guild_id=post.guild)
        message = await channel.fetch_message(post.message)
        await asyncio.sleep(PAUSE_SECONDS)
        counted = await self._reactions.counted_on(post.message)
        there = {Emoji.read(str(each.emoji)): each for each in message.reactions}
        for key in counted.keys() - {emoji.key for emoji in there}:
            await self._reactions.take(post.message, emoji=Emoji(key))
        for emoji, reaction in there.items():
            if reaction.count - reaction.me != counted.get(emoji.key, 0):
                await self._count(post, emoji, reaction)

    async def _count(self, post: Post, emoji: Emoji, reaction: discord.Reaction) -> None:
        """Store who gave an emoji, as it is now; bots do not count."""
        readers: set[int] = set()
        async for user in reaction.users(limit=None):
            if not user.bot:
                readers.add(user.id)
            if len(readers) % 100 == 99:
                await asyncio.sleep(PAUSE_SECONDS)
        await self._reactions.settle(post.message, emoji, readers)
        if emoji.name is not None and not await self._reactions.knows(emoji):
            await self._reactions.learn(emoji)
        await asyncio.sleep(PAUSE_SECONDS)
