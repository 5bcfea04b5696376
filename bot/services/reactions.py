"""Reactions to stories: the panel, and emoji on the bot's messages.

Discord may report an emoji on a new message before the bot knows the message's id. `EarlyReactions` keeps such an emoji
until the message is recorded.

Discord sends each reaction once, and only to a connected bot. So each new gateway session reads the latest messages
about stories again (`ReactionSync`): one request for each message, and one for each hundred readers of an emoji whose
count differs from the stored one. Pauses between the requests keep them from delaying answers. A count can agree
although the readers changed, so the newest messages, and messages with a failed update, are read completely.
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
    """Return the panel of reactions to a story, or to a *page* of the story; it marks those that the reader gave."""
    store = store_for(interaction)
    entry, tally, given, offered = await gather(
        store.stories.entry(story),
        store.reactions.tally(story),
        store.reactions.of(story, interaction.user.id, page),
        offered_reactions(interaction),
    )
    return react_panel(entry, tally, given, offered, page)


async def page_at(interaction: Interaction, story: int, spot: Spot) -> OpenPage | None:
    """Return the page of *story* that a reaction is about, cut to begin at *spot*.

    None if the press is about the whole story (chapter 0), or if the chapter is gone or belongs to another story.
    """
    if not spot.chapter:
        return None
    try:
        page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    except ChapterGone:
        return None
    if page.story.id != story:
        return None
    cut = max(0, spot.offset - page.spot.offset)  # the reader's pages may begin earlier than the message's page
    return replace(page, spot=spot, text=page.text[cut:]) if cut < len(page.text) else page


async def offered_reactions(interaction: Interaction) -> Sequence[Emoji]:
    """Return the reactions that the server chose to offer; else, and in a direct message, the bot's default ones."""
    chosen = (await store_for(interaction).settings.of_server(interaction.guild_id)).reactions
    return OFFERED if chosen is None else chosen


EARLY_SECONDS = 10.0
"""Seconds for which an early emoji is kept: longer than Discord takes to return the id of a new message."""

MOST_EARLY = 1000
"""Maximum number of early emoji that are kept; the oldest are dropped."""


@dataclass(frozen=True, slots=True)
class _Given:
    message: int
    reader: int
    emoji: Emoji


class EarlyReactions:
    """Emoji on messages that are not recorded yet, with the time at which each emoji arrived."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: OrderedDict[_Given, float] = OrderedDict()

    def hold(self, message: int, reader: int, emoji: Emoji) -> None:
        """Keep an emoji until its message is recorded; drop expired emoji, and the oldest beyond `MOST_EARLY`."""
        oldest = self._clock() - EARLY_SECONDS
        while self._waiting and (len(self._waiting) >= MOST_EARLY or next(iter(self._waiting.values())) < oldest):
            self._waiting.popitem(last=False)
        self._waiting[_Given(message, reader, emoji)] = self._clock()

    def drop(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Drop removed emoji of a message: one by one reader, one by all readers, or all emoji."""
        for given in [each for each in self._waiting if each.message == message]:
            if reader in (None, given.reader) and emoji in (None, given.emoji):
                del self._waiting[given]

    def pop(self, message: int) -> list[tuple[int, Emoji]]:
        """Remove the emoji kept for a message, and return those not expired, each with the reader who added it."""
        oldest = self._clock() - EARLY_SECONDS
        found = [(each, at) for each, at in self._waiting.items() if each.message == message]
        for each, _ in found:
            del self._waiting[each]
        return [(each.reader, each.emoji) for each, at in found if at >= oldest]


MOST_MESSAGES = 1000
"""Maximum number of messages, from the newest on, whose reactions are read in a new session."""

MOST_WHOLE = 100
"""Number of newest messages whose reactions are read in full even if the emoji counts equal the stored ones."""

MOST_READERS = 1_000_000
"""Limit on the readers requested for an emoji, far above any count: readers may be added meanwhile."""

OLDEST_SECONDS = 30 * 24 * 60 * 60
"""Age in seconds from which a message's reactions are no longer read."""

AGAIN_SECONDS = 5.0
"""Seconds between two tries to read messages while the database is unreachable."""

PAUSE_SECONDS = 1.0
"""Seconds between two requests. Discord allows fifty a second in total, and far fewer for reactions."""


class ReactionSync:
    """Reads the reactions on recent messages. Messages that Discord does not return keep their stored reactions."""

    def __init__(self, bot: Oneshot) -> None:
        self._bot = bot
        self._message_emoji = bot.store.message_emoji
        self._message = 0
        """Id of the message being read, or 0."""
        self._events: list[tuple[str | None, int | None, bool]] = []
        """Events on the message being read: emoji key, reader id (None: all), and whether the emoji was added."""

    def note(
        self, message: int, reader: int | None = None, emoji: Emoji | None = None, *, is_given: bool = False
    ) -> None:
        """Record an event on the message being read, since Discord's list of readers may be older."""
        if message == self._message:
            self._events.append((emoji and emoji.key, reader, is_given))

    async def run(self) -> None:
        """Store the reactions on the latest messages, newest message first."""
        await self._message_emoji.remember_messages()
        posts = await self._bot.store.posts.latest(MOST_MESSAGES, self._bot.clock() - OLDEST_SECONDS)
        for number, post in enumerate(posts):
            await self.count(post, is_whole=number < MOST_WHOLE)

    async def count(self, post: Post, *, is_whole: bool) -> None:
        """Store the reactions on a message; unless *is_whole*, only emoji whose count differs from the stored one."""
        self._message, self._events = post.message, []
        try:
            await self._count(post, is_whole)
        except (discord.Forbidden, discord.NotFound):
            pass  # reactions on a deleted message still count
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
            has_events = any(key in (None, emoji.key) for key, *_ in self._events)  # counted at another time
            if is_whole or has_events or reaction.count - reaction.me != counted.get(emoji.key, 0):
                await self._count_emoji(post, emoji, reaction)

    async def _count_emoji(self, post: Post, emoji: Emoji, reaction: discord.Reaction) -> None:
        """Store which readers gave an emoji, without bots."""
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
        """Store *readers* as those who gave an emoji, corrected by the recorded events."""
        for key, reader, is_given in self._events:
            if key not in (None, emoji.key):
                continue
            if reader is None:
                readers.clear()
            elif is_given:
                readers.add(reader)
            else:
                readers.discard(reader)
        await self._message_emoji.settle(post.message, emoji, readers)
