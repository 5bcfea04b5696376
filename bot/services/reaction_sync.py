"""Counts the emoji that came or went on the bot's messages while it was away.

Discord sends each reaction once, to a bot that is connected. So in each new gateway session the latest messages about
stories are read again: one request for a message, one for each hundred readers of an emoji whose count differs from
what is stored and one that finds no more, and a pause after each hundred, so that this never delays an answer. Where
one reader left and another came, the counts agree; so the newest messages are read with all who gave an emoji, and so
is each message where one could not be stored.
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

MOST_WHOLE = 100
"""On how many of the newest messages it is read who gave an emoji even where the count agrees."""

MOST_READERS = 1_000_000
"""Who gave an emoji, at most. As many as the message counted are too few: one who came since would take a place."""

OLDEST_SECONDS = 30 * 24 * 60 * 60
"""Seconds since a message was posted after which it is not read any more."""

AGAIN_SECONDS = 5.0
"""Until messages are read again, where the database is away."""

PAUSE_SECONDS = 1.0
"""Seconds between two requests: Discord allows fifty a second in all, and far fewer for reactions."""


class ReactionSync:
    """Reads the messages one by one; what Discord does not return stays as it is stored."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._message_emoji = bot.store.message_emoji
        self._message = 0
        """The one that is read now."""
        self._heard: list[tuple[str | None, int | None, bool]] = []
        """What Discord told of that message meanwhile: emoji, reader (None: all), and whether it was given."""

    def hear(
        self, message: int, reader: int | None = None, emoji: Emoji | None = None, *, is_given: bool = False
    ) -> None:
        """Take in what came on a message or off it just now: a list that is being read may be older."""
        if message == self._message:
            self._heard.append((emoji and emoji.key, reader, is_given))

    async def run(self) -> None:
        """Count the reactions on the latest messages, the newest first."""
        await self._message_emoji.remember_messages()
        posts = await self._bot.store.posts.latest(MOST_MESSAGES, self._bot.clock() - OLDEST_SECONDS)
        for number, post in enumerate(posts):
            await self.count(post, is_whole=number < MOST_WHOLE)

    async def count(self, post: Post, *, is_whole: bool) -> None:
        """Count the reactions on a message; where it is not *is_whole*, those whose counts differ."""
        self._message, self._heard = post.message, []
        try:
            await self._count(post, is_whole)
        except (discord.Forbidden, discord.NotFound):
            pass  # a deleted message keeps what it earned
        except (discord.HTTPException, OSError) as error:
            log.warning("The reactions on message %d could not be read: %s", post.message, error)
        finally:
            self._message = 0

    async def _count(self, post: Post, is_whole: bool) -> None:
        channel = self._bot.get_partial_messageable(post.channel, guild_id=post.guild)
        message = await channel.fetch_message(post.message)
        await asyncio.sleep(PAUSE_SECONDS)
        counted = await self._message_emoji.counted_on(post.message)
        found = {Emoji.read(str(each.emoji)): each for each in message.reactions}
        for key in counted.keys() - {emoji.key for emoji in found}:
            await self._settle(post, Emoji(key), set())
        for emoji, reaction in found.items():
            was_heard = any(key in (None, emoji.key) for key, *_ in self._heard)  # the two counts are of two moments
            if is_whole or was_heard or reaction.count - reaction.me != counted.get(emoji.key, 0):
                await self._count_emoji(post, emoji, reaction)

    async def _count_emoji(self, post: Post, emoji: Emoji, reaction: discord.Reaction) -> None:
        """Store who gives an emoji now; bots do not count."""
        readers: set[int] = set()
        async for user in reaction.users(limit=MOST_READERS):
            if not user.bot:
                readers.add(user.id)
            if len(readers) % 100 == 99:
                await asyncio.sleep(PAUSE_SECONDS)
        await self._settle(post, emoji, readers)
        if emoji.name is not None and not await self._message_emoji.knows(emoji):
            await self._message_emoji.learn(emoji)
        await asyncio.sleep(PAUSE_SECONDS)

    async def _settle(self, post: Post, emoji: Emoji, readers: set[int]) -> None:
        """Store who gave an emoji: *readers*, changed as was heard since."""
        for key, reader, is_given in self._heard:
            if key not in (None, emoji.key):
                continue
            if reader is None:
                readers.clear()
            elif is_given:
                readers.add(reader)
            else:
                readers.discard(reader)
        await self._message_emoji.settle(post.message, emoji, readers)
