"""Which reactions a place offers, and emoji on the bot's messages: they count from the first moment, or are caught up.

Discord tells of an emoji as soon as somebody gives it. On a new message that may be before it has answered the bot with
the message's id. Such an emoji waits here until the row is there.

Discord sends each reaction once, to a bot that is connected. So in each new gateway session the latest messages about
stories are read again: one request for a message, one for each hundred readers of an emoji whose count differs from
what is stored and one that finds no more, and a pause after each hundred, so that this never delays an answer. Where
one reader left and another came, the counts agree; so the newest messages are read with all who gave an emoji, and so
is each message where one could not be stored.
"""

import asyncio
import logging
from asyncio import gather
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import discord

from bot.domain.reactions import Emoji, Post
from bot.errors import ChapterGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.messages import page_owner
from bot.stories.model import OpenPage, Spot
from bot.ui.reactions import OFFERED, react_panel
from bot.ui.screen import Screen

log = logging.getLogger(__name__)


async def react_panel_of(interaction: Interaction, story: int, page: OpenPage | None = None) -> Screen:
    """Return the reactions to a story, or to a *page* of it, and which of them this reader gave."""
    store = store_for(interaction)
    entry, tally, given, offered = await gather(
        store.stories.entry(story),
        store.reactions.tally(story),
        store.reactions.of(story, interaction.user.id, page),
        offered_reactions(interaction),
    )
    return react_panel(entry, tally, given, offered, page)


async def page_at(interaction: Interaction, story: int, spot: Spot) -> OpenPage | None:
    """Return the page of a story that a press is about, from *spot* on.

    None if it is about the story as a whole (its chapter is 0), or if that chapter is gone.
    """
    if not spot.chapter:
        return None
    try:
        page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    except ChapterGone:
        return None
    if page.story.id != story:
        return None
    cut = max(0, spot.offset - page.spot.offset)  # the message may have pages of another length than this reader's
    return replace(page, spot=spot, text=page.text[cut:]) if cut < len(page.text) else page


async def offered_reactions(interaction: Interaction) -> Sequence[Emoji]:
    """Return the reactions that a server offers; in a direct message, the bot's own."""
    chosen = (await store_for(interaction).settings.of_server(interaction.guild_id)).reactions
    return OFFERED if chosen is None else chosen


WAITS_SECONDS = 10.0
"""Seconds for which an emoji waits: no answer of Discord's takes longer."""

MOST_EARLY = 1000
"""How many emoji wait at most; the oldest give way."""


@dataclass(frozen=True, slots=True)
class _Given:
    message: int
    reader: int
    emoji: Emoji


class EarlyReactions:
    """The emoji that wait, each with the time at which it came."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: OrderedDict[_Given, float] = OrderedDict()

    def hold(self, message: int, reader: int, emoji: Emoji) -> None:
        """Keep an emoji until its message's row is written; forget those that have waited for too long."""
        oldest = self._clock() - WAITS_SECONDS
        while self._waiting and (len(self._waiting) >= MOST_EARLY or next(iter(self._waiting.values())) < oldest):
            self._waiting.popitem(last=False)
        self._waiting[_Given(message, reader, emoji)] = self._clock()

    def drop(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Forget what came off a message: one reader's emoji, all of one emoji, or all of them."""
        for given in [each for each in self._waiting if each.message == message]:
            if reader in (None, given.reader) and emoji in (None, given.emoji):
                del self._waiting[given]

    def on(self, message: int) -> list[tuple[int, Emoji]]:
        """Return who gave which emoji on a message and waits; they wait no longer."""
        oldest = self._clock() - WAITS_SECONDS
        found = [(each, at) for each, at in self._waiting.items() if each.message == message]
        for each, _ in found:
            del self._waiting[each]
        return [(each.reader, each.emoji) for each, at in found if at >= oldest]


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
