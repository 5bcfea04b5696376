"""Reactions to a story: with buttons, and with emoji on the bot's messages about it."""

from dataclasses import replace
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.domain.reactions import Emoji
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component
from bot.interactions.options import StoryArgument
from bot.services.pages import latest_story, offered_reactions, page_at, page_owner, post, react_panel_of, rerender
from bot.ui.ids.reactions import React, ShowPageReactions, ShowReactions
from bot.ui.reactions import OFFERED


class Reactions(commands.Cog):
    def __init__(self, bot: Oneshot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(story="Title or author. Leave empty for the story you're reading")
    async def react(self, interaction: Interaction, story: StoryArgument | None = None) -> None:
        """React to a story"""
        story = story or await latest_story(interaction)
        await post(interaction, await rerender(interaction, "react", story.id, 0, 0), private=True)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        bot_itself = self.bot.user is not None and event.user_id == self.bot.user.id
        if bot_itself or (event.member is not None and event.member.bot):
            return
        reactions, emoji = self.bot.store.reactions, Emoji.read(str(event.emoji))
        counted = await reactions.give(event.message_id, event.user_id, emoji)
        if counted and emoji.name is not None and not await reactions.knows(emoji):
            await reactions.learn(replace(emoji, usable=await self._can_use(event)))

    async def _can_use(self, event: discord.RawReactionActionEvent) -> bool:
        """Return whether a custom emoji is from this server: a request, since the bot lacks the intent for it."""
        guild = self.bot.get_guild(event.guild_id or 0)
        try:
            return guild is not None and await guild.fetch_emoji(event.emoji.id or 0) is not None
        except discord.HTTPException:
            return False

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        await self.bot.store.reactions.take(event.message_id, event.user_id, Emoji.read(str(event.emoji)))

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        await self.bot.store.reactions.take(event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        await self.bot.store.reactions.take(event.message_id, emoji=Emoji.read(str(event.emoji)))


@component(ShowReactions)
async def show_react(interaction: Interaction, press: ShowReactions) -> None:
    """Show the reactions to the story of a card, with their names."""
    await post(interaction, await rerender(interaction, "react", press.story, 0, 0), private=True)


@component(ShowPageReactions)
async def react_here(interaction: Interaction, press: ShowPageReactions) -> None:
    """Show the reactions to the open page."""
    page = await store_for(interaction).pages.open(press.spot, await page_owner(interaction))
    await post(interaction, await react_panel_of(interaction, page.story, page), private=True)


@component(React)
async def react(interaction: Interaction, press: React) -> None:
    """Give an emoji or take it back, and draw the message again."""
    if press.emoji not in {emoji.key for emoji in (*OFFERED, *await offered_reactions(interaction))}:
        raise ReaderError("button-unknown")
    store = store_for(interaction)
    await store.stories.entry(press.story)
    page = await page_at(interaction, press.story, press.chapter, press.offset)
    await store.reactions.toggle(press.story, interaction.user.id, press.emoji, interaction.guild_id, page)
    draw = partial(rerender, interaction, press.screen, press.story, press.chapter, press.offset)
    await interaction.client.refresher.answer(interaction, draw)
