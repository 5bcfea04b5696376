"""Reactions to a story: with buttons, and with emoji on the bot's messages about it."""

from asyncio import gather
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.reactions import Emoji, Post
from bot.errors import DatabaseAway, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component
from bot.interactions.messages import page_owner
from bot.interactions.options import StoryArgument
from bot.services.posts import post
from bot.services.reactions import EarlyReactions, offered_reactions, page_at, react_panel_of
from bot.services.redrawing import redrawn
from bot.services.stories import latest_story
from bot.ui.ids import React, ShowPageReactions, ShowReactions
from bot.ui.reactions import OFFERED, react_panel

_Event = discord.RawReactionActionEvent | discord.RawReactionClearEvent | discord.RawReactionClearEmojiEvent


class Reactions(commands.Cog):
    def __init__(self, bot: Oneshot) -> None:
        self.bot = bot
        self._early = EarlyReactions(bot.clock)

    @app_commands.command()
    @app_commands.describe(story="Title or author. Leave empty for the story you're reading")
    async def react(self, interaction: Interaction, story: StoryArgument | None = None) -> None:
        """React to a story"""
        story = story or await latest_story(interaction)
        await post(interaction, await react_panel_of(interaction, story.id), private=True)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        me = self.bot.user.id if self.bot.user is not None else 0
        if event.user_id == me or (event.member is not None and event.member.bot):
            return
        if event.message_author_id not in (None, me):  # an emoji on somebody else's message costs no query
            return
        emoji = Emoji.read(str(event.emoji))
        given = (event.message_id, event.user_id, emoji)
        if event.message_author_id is not None:
            self._early.hold(*given)
        with self._counted_later(Post(event.message_id, event.channel_id, event.guild_id)):
            if await self._count(*given, event.guild_id):
                self._early.drop(*given)

    @commands.Cog.listener()
    async def on_story_post(self, channel: int, message: int) -> None:
        """Count what readers put on a message before its row was written."""
        found = self.bot.get_channel(channel)
        guild = None if found is None or isinstance(found, discord.abc.PrivateChannel) else found.guild.id
        with self._counted_later(Post(message, channel, guild)):
            for reader, emoji in self._early.on(message):
                await self._count(message, reader, emoji, guild)

    @contextmanager
    def _counted_later(self, post: Post) -> Generator[None]:
        """Have the emoji on a message counted when the database is back, if it is away."""
        try:
            yield
        except DatabaseAway:
            self.bot.dispatch("emoji_missed", post)

    async def _count(self, message: int, reader: int, emoji: Emoji, guild: int | None) -> bool:
        """Count an emoji; return whether it is on a message about a story."""
        message_emoji = self.bot.store.message_emoji
        if not await message_emoji.give(message, reader, emoji):
            return False
        if emoji.name is not None and not await message_emoji.knows(emoji):
            await message_emoji.learn(replace(emoji, usable=await self._can_use(emoji, guild)))
        return True

    async def _can_use(self, emoji: Emoji, guild: int | None) -> bool:
        """Return whether a custom emoji is from this server: a request, since the bot lacks the intent for it."""
        server = self.bot.get_guild(guild or 0)
        try:
            return server is not None and await server.fetch_emoji(int(emoji.key)) is not None
        except discord.HTTPException:
            return False

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        await self._take(event, event.user_id, Emoji.read(str(event.emoji)))

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        await self._take(event)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        await self._take(event, emoji=Emoji.read(str(event.emoji)))

    async def _take(self, event: _Event, reader: int | None = None, emoji: Emoji | None = None) -> None:
        self._early.drop(event.message_id, reader, emoji)
        with self._counted_later(Post(event.message_id, event.channel_id, event.guild_id)):
            await self.bot.store.message_emoji.take(event.message_id, reader, emoji)


@component(ShowReactions, work="lookup")
async def show_react(interaction: Interaction, press: ShowReactions) -> None:
    """Show the reactions to the story of a card, with their names."""
    await post(interaction, await react_panel_of(interaction, press.story), private=True)


@component(ShowPageReactions)
async def react_here(interaction: Interaction, press: ShowPageReactions) -> None:
    """Show the reactions to the open page."""
    page = await store_for(interaction).pages.open(press.spot, await page_owner(interaction))
    await post(interaction, await react_panel_of(interaction, page.story.id, page), private=True)


@component(React)
async def react(interaction: Interaction, press: React) -> None:
    """Give an emoji or take it back, and draw the message again."""
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
