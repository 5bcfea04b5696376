"""Counts the reactions that came while the bot was away, in the background."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TypeVar

import discord
from discord.ext import commands

from bot.domain.posts import Post
from bot.domain.reactions import Emoji
from bot.errors import DatabaseAway
from bot.interactions.background import asks_by_itself
from bot.interactions.client import Oneshot
from bot.services import reaction_sync

log = logging.getLogger(__name__)

K = TypeVar("K")
V = TypeVar("V")


class SyncReactions(commands.Cog):
    """Runs whenever a new gateway session begins; in a resumed one Discord sends what was missed.

    It runs, too, for messages of which something could not be stored because the database was away.
    """

    def __init__(self, bot: Oneshot) -> None:
        self._sync = reaction_sync.ReactionSync(bot)
        self._task: asyncio.Task[None] | None = None
        self._due = dict[Post | None, None]()
        """The messages to count; None stands for the latest of all."""
        self._unrecorded = dict[Post, Callable[[], Awaitable[object]]]()
        """What stores that a message is about a story."""

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self._due[None] = None
        self._begin()

    @commands.Cog.listener()
    async def on_emoji_missed(self, post: Post) -> None:
        self._due[post] = None
        self._begin()

    @commands.Cog.listener()
    async def on_post_missed(self, post: Post, record: Callable[[], Awaitable[object]]) -> None:
        self._unrecorded[post] = record
        self._begin()

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        if event.member is None or not event.member.bot:
            self._sync.hear(event.message_id, event.user_id, Emoji.read(str(event.emoji)), is_given=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        self._sync.hear(event.message_id, event.user_id, Emoji.read(str(event.emoji)))

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        self._sync.hear(event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        self._sync.hear(event.message_id, emoji=Emoji.read(str(event.emoji)))

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._unrecorded or self._due:
            try:
                with asks_by_itself():
                    await self._next()
            except DatabaseAway:  # the log has it
                await asyncio.sleep(reaction_sync.AGAIN_SECONDS)
            except Exception:  # whatever it is, the bot goes on
                log.exception("The reactions of the time away could not be counted")

    async def _next(self) -> None:
        if self._unrecorded:
            post = next(iter(self._unrecorded))
            with _taken(self._unrecorded, post) as record:
                await record()
            self._due[post] = None
            return
        due = next(iter(self._due))
        with _taken(self._due, due):
            await (self._sync.run() if due is None else self._sync.count(due, is_whole=True))

    async def cog_unload(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


@contextmanager
def _taken(jobs: dict[K, V], key: K) -> Generator[V]:
    """Take one of *jobs*; it is there again where the database is away."""
    job = jobs.pop(key)
    try:
        yield job
    except DatabaseAway:
        jobs.setdefault(key, job)
        raise
