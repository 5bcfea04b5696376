"""Reactions to a story: with buttons, and with emoji on the bot's messages about it."""

import asyncio
import logging
from asyncio import gather
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.reactions import Emoji, Post
from bot.errors import DatabaseAway, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.background import asks_by_itself
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component
from bot.interactions.messages import page_owner
from bot.interactions.options import StoryArgument
from bot.services import reactions
from bot.services.posts import post
from bot.services.reactions import (
    EarlyReactions,
    ReactionSync,
    offered_reactions,
    page_at,
    react_panel_of,
)
from bot.services.redrawing import redrawn
from bot.services.stories import latest_story
from bot.ui.ids import React, ShowPageReactions, ShowReactions
from bot.ui.reactions import OFFERED, react_panel

log = logging.getLogger(__name__)

_Event = discord.RawReactionActionEvent | discord.RawReactionClearEvent | discord.RawReactionClearEmojiEvent


class Reactions(commands.Cog):
    """Counts emoji reactions on the bot's messages about stories.

    Each new gateway session reads the reactions on the latest messages again, since events were missed; Discord repeats
    missed events only to a resumed session. A message is also read again if the database was unavailable.
    """

    def __init__(self, bot: Oneshot) -> None:
        self.bot = bot
        self._early = EarlyReactions(bot.clock)
        self._sync = ReactionSync(bot)
        self._task: asyncio.Task[None] | None = None
        self._due = dict[Post | None, Callable[[], Awaitable[object]] | None]()
        """Messages to read again (None: the latest); a value, if any, is a callback that first records the message."""

    @app_commands.command()
    @app_commands.describe(story="Title or author. Leave empty for the story you're reading")
    async def react(self, interaction: Interaction, story: StoryArgument | None = None) -> None:
        """React to a story"""
        story = story or await latest_story(interaction)
        await post(interaction, await react_panel_of(interaction, story.id), private=True)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        if event.member is not None and event.member.bot:
            return
        emoji = Emoji.read(str(event.emoji))
        given = (event.message_id, event.user_id, emoji)
        self._sync.note(*given, is_given=True)
        me = self.bot.user.id if self.bot.user is not None else 0
        if event.user_id == me or event.message_author_id not in (None, me):  # another author's message needs no query
            return
        if event.message_author_id is not None:
            self._early.hold(*given)
        with self._recounting_later(Post(event.message_id, event.channel_id, event.guild_id)):
            if await self._count(*given, event.guild_id):
                self._early.drop(*given)

    @commands.Cog.listener("on_raw_reaction_remove")
    @commands.Cog.listener("on_raw_reaction_clear")
    @commands.Cog.listener("on_raw_reaction_clear_emoji")
    async def on_emoji_removed(self, event: _Event) -> None:
        """Delete removed reactions to a message: one emoji by one reader, one emoji by all readers, or all."""
        reader = event.user_id if isinstance(event, discord.RawReactionActionEvent) else None
        emoji = None if isinstance(event, discord.RawReactionClearEvent) else Emoji.read(str(event.emoji))
        self._sync.note(event.message_id, reader, emoji)
        self._early.drop(event.message_id, reader, emoji)
        with self._recounting_later(Post(event.message_id, event.channel_id, event.guild_id)):
            await self.bot.store.message_emoji.take(event.message_id, reader, emoji)

    @commands.Cog.listener()
    async def on_story_post(self, channel: int, message: int) -> None:
        """Count the reactions that arrived before the message was recorded."""
        found = self.bot.get_channel(channel)
        guild = None if found is None or isinstance(found, discord.abc.PrivateChannel) else found.guild.id
        with self._recounting_later(Post(message, channel, guild)):
            for reader, emoji in self._early.pop(message):
                await self._count(message, reader, emoji, guild)

    async def _count(self, message: int, reader: int, emoji: Emoji, guild: int | None) -> bool:
        """Count an emoji; return whether it is on a message about a story."""
        message_emoji = self.bot.store.message_emoji
        if not await message_emoji.give(message, reader, emoji):
            return False
        if emoji.name is not None and not await message_emoji.knows(emoji):
            await message_emoji.learn(replace(emoji, usable=await self._can_use(emoji, guild)))
        return True

    async def _can_use(self, emoji: Emoji, guild: int | None) -> bool:
        """Return whether a custom emoji is of the server *guild*; ask Discord, since the bot lacks the emoji intent."""
        server = self.bot.get_guild(guild or 0)
        try:
            return server is not None and await server.fetch_emoji(int(emoji.key)) is not None
        except discord.HTTPException:
            return False

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self._recount_later(None)

    @commands.Cog.listener()
    async def on_post_missed(self, post: Post, record: Callable[[], Awaitable[object]]) -> None:
        self._recount_later(post, record)

    @contextmanager
    def _recounting_later(self, post: Post) -> Generator[None]:
        """If the database is unavailable within this context, read the message's reactions again later."""
        try:
            yield
        except DatabaseAway:
            self._recount_later(post)

    def _recount_later(self, post: Post | None, record: Callable[[], Awaitable[object]] | None = None) -> None:
        self._due[post] = record or self._due.get(post)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._recount_due())

    async def _recount_due(self) -> None:
        while self._due:
            try:
                with asks_by_itself():
                    await self._recount(min(self._due, key=lambda post: post is None))
            except DatabaseAway:  # already logged
                await asyncio.sleep(reactions.AGAIN_SECONDS)
            except Exception:  # no error may end this task
                log.exception("The reactions of the time away could not be counted")

    async def _recount(self, post: Post | None) -> None:
        """Read the reactions on a message again (None: on the latest ones).

        Raises `DatabaseAway`, with the message still due.
        """
        record = self._due.pop(post)
        try:
            if record is not None:
                await record()
                record = None
            await (self._sync.run() if post is None else self._sync.count(post, is_whole=True))
        except DatabaseAway:
            self._due[post] = record or self._due.get(post)
            raise

    async def cog_unload(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


@component(ShowReactions, work="lookup")
async def show_reactions(interaction: Interaction, press: ShowReactions) -> None:
    """Show the reactions to a card's story."""
    await post(interaction, await react_panel_of(interaction, press.story), private=True)


@component(ShowPageReactions)
async def show_page_reactions(interaction: Interaction, press: ShowPageReactions) -> None:
    """Show the reactions to a page."""
    page = await store_for(interaction).pages.open(press.spot, await page_owner(interaction))
    await post(interaction, await react_panel_of(interaction, page.story.id, page), private=True)


@component(React)
async def react(interaction: Interaction, press: React) -> None:
    """Add or remove the reader's reaction, and redraw the message."""
    store = store_for(interaction)
    entry, page, offered = await gather(
        store.stories.entry(press.story),
        page_at(interaction, press.story, press.shown.spot),
        offered_reactions(interaction),
    )
    if press.emoji not in {emoji.key for emoji in (*OFFERED, *offered)}:
        raise ReaderError("button-unknown")
    now = await store.reactions.toggle(press.story, interaction.user.id, press.emoji, interaction.guild_id, page)
    shown = react_panel(entry, now.tally, now.given, offered, page) if press.screen == "react" else None
    await interaction.client.refresher.answer(interaction, partial(redrawn, interaction, press.shown), shown)
