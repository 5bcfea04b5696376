"""Who answers for a story: those who keep the shelf that it is on."""

from __future__ import annotations

import discord

from bot.app import Interaction
from bot.audience import seen
from bot.stories.model import Entry


async def may_answer_for(interaction: Interaction, story: Entry) -> bool:
    """Whether whoever asks keeps the shelf that *story* is on.

    A server's shelf is kept by those who manage it, when they ask there. The folder's is kept by whoever owns the
    bot, and, where the bot is in one server only, by those who manage that.
    """
    shelf = await seen(interaction).uploads.shelf(story.id)
    manages = interaction.guild_id is not None and interaction.permissions.manage_guild
    if shelf is not None:
        return manages and shelf == interaction.guild_id
    alone = [guild.id for guild in interaction.client.guilds] == [interaction.guild_id]
    return (manages and alone) or await _owns(interaction)


async def _owns(interaction: Interaction) -> bool:
    try:
        return await interaction.client.is_owner(interaction.user)
    except discord.HTTPException:  # who owns it is asked of Discord, once
        return False
