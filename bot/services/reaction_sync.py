"""Counts the emoji that came or went on the bot's messages while it was away.

Discord sends each reaction once, to a bot that is connected. So in each new gateway session the latest messages about
stories are read again: one request for a message, one more for each hundred readers of an emoji whose count differs
from what is stored, and a pause after each, so that this never delays an answer.
"""

import asyncio
import logging

import discord

from bot.domain.posts import Post
from bot.domain.reactions import Emoji
from bot.interactions.client import Oneshot

log = logging.getLogger(__name__)

MOST_MESSAGES = 1000
"""How many of the latest messages are read."""

OLDEST_SECONDS = 30 * 24 * 60 * 60
"""Seconds since a message was posted after which it is not read any more."""

PAUSE_SECONDS = 1.0
"""Seconds between two requests: Discord allows fifty a second in all, and far fewer for reactions."""


class ReactionSync:
    """Reads the messages one by one; what Discord does not return stays as it is stored."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._reactions = bot.store.reactions

    async def run(self) -> None:
        """Count the reactions on the latest messages, the newest first."""
        await self._reactions.remember_messages()
        posts = await self._bot.store.posts.latest(MOST_MESSAGES, self._bot.clock() - OLDEST_SECONDS)
        for post in posts:
            try:
                await self._count_message(post)
            except (discord.Forbidden, discord.NotFound):
                continue  # a deleted message keeps what it earned
            except (discord.HTTPException, OSError) as error:
                log.warning("The reactions on message %d could not be read: %s", post.message, error)

    async def _count_message(self, post: Post) -> None:
        channel = self._bot.get_partial_messageable(post.channel, guild_id=post.guild)
        message = await channel.fetch_message(post.message)
        await asyncio.sleep(PAUSE_SECONDS)
        counted = await self._reactions.counted_on(post.message)
        found = {Emoji.read(str(each.emoji)): each for each in message.reactions}
        for key in counted.keys() - {emoji.key for emoji in found}:
            await self._reactions.take(post.message, emoji=Emoji(key))
        for emoji, reaction in found.items():
            if reaction.count - reaction.me != counted.get(emoji.key, 0):
                await self._count_emoji(post, emoji, reaction)

    async def _count_emoji(self, post: Post, emoji: Emoji, reaction: discord.Reaction) -> None:
        """Store who gives an emoji now; bots do not count."""
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
