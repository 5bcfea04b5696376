"""Counts the reactions that came while the bot was away, in the background."""

import asyncio
import logging

import discord
from discord.ext import commands

from bot.domain.posts import Post
from bot.domain.reactions import Emoji
from bot.errors import ReaderError
from bot.interactions.client import Oneshot
from bot.services.reaction_sync import ReactionSync

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
"""Until it looks again, where the database is away."""


class SyncReactions(commands.Cog):
    """Runs whenever a new gateway session begins; in a resumed one Discord sends what was missed.

    It runs, too, for the messages on which an emoji could not be counted because the database was away.
    """

    def __init__(self, bot: Oneshot) -> None:
        self._sync = ReactionSync(bot)
        self._task: asyncio.Task[None] | None = None
        self._is_due = False
        self._missed: dict[Post, None] = {}

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self._is_due = True
        self._begin()

    @commands.Cog.listener()
    async def on_emoji_missed(self, post: Post) -> None:
        self._missed[post] = None
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
        while self._is_due or self._missed:
            try:
                await self._count()
            except ReaderError as error:
                log.info("The reactions of the time away are counted later: %s", error)
                await asyncio.sleep(AGAIN_SECONDS)
            except Exception:  # whatever it is, the bot goes on
                log.exception("The reactions of the time away could not be counted")

    async def _count(self) -> None:
        while self._missed:
            post = next(iter(self._missed))
            del self._missed[post]
            try:
                await self._sync.count(post, is_whole=True)
            except ReaderError:
                self._missed[post] = None
                raise
        if self._is_due:
            self._is_due = False
            try:
                await self._sync.run()
            except ReaderError:
                self._is_due = True
                raise

    async def cog_unload(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
