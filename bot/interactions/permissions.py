"""Who answers for a story: those who keep the shelf that it is on."""

from __future__ import annotations

import discord

from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.stories.model import StorySummary

FOLDER = 0
"""Stands for the bot's own folder, among ids of servers."""


async def managed_shelves(interaction: Interaction) -> list[int]:
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


async def manages_shelf_of(interaction: Interaction, story: StorySummary) -> bool:
    """Whether whoever asks keeps the shelf that *story* is on."""
    return await store_for(interaction).authors.shelf(story.id) in await managed_shelves(interaction)


async def allow_linking(interaction: Interaction, story: StorySummary) -> None:
    """Raises `ReaderError` where whoever asks does not keep the story's shelf."""
    if not await manages_shelf_of(interaction, story):
        shelf = await store_for(interaction).authors.shelf(story.id)
        raise ReaderError("may-not-link", title=story.title, shelf="folder" if shelf == FOLDER else "server")
