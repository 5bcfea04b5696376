"""Who answers for a story: those who keep the shelf that it is on."""

from __future__ import annotations

import discord

from bot.errors import ReaderError
from bot.interactions.audience import seen
from bot.interactions.client import Interaction
from bot.stories.model import Entry

FOLDER = 0
"""Stands for the bot's own folder, among ids of servers."""


async def shelves_of(interaction: Interaction) -> list[int]:
    """The shelves that whoever asks keeps, where they ask: ids of servers, or `FOLDER`.

    A server's own is its managers'. The folder is whoever's the bot is; where it is in one server alone, it is that
    server's, too.
    """
    guild = interaction.guild_id
    servers = [guild] if guild is not None and interaction.permissions.manage_guild else []
    alone = servers == [each.id for each in interaction.client.guilds]
    return [*servers, *([FOLDER] if alone or await _owns(interaction) else [])]


async def _owns(interaction: Interaction) -> bool:
    try:
        return await interaction.client.is_owner(interaction.user)
    except discord.HTTPException:  # who owns it is asked of Discord, once
        return False


async def may_answer_for(interaction: Interaction, story: Entry) -> bool:
    """Whether whoever asks keeps the shelf that *story* is on."""
    return await seen(interaction).writers.shelf(story.id) in await shelves_of(interaction)


async def allow_linking(interaction: Interaction, story: Entry) -> None:
    """Raises `ReaderError` where whoever asks does not keep the story's shelf."""
    if not await may_answer_for(interaction, story):
        shelf = await seen(interaction).writers.shelf(story.id)
        raise ReaderError("may-not-link", title=story.title, shelf="folder" if shelf == FOLDER else "server")
