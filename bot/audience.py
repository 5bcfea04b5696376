"""The age gate: who sees what is shown where an interaction comes from."""

from __future__ import annotations

import discord

from bot.app import Interaction
from bot.readers import Audience
from bot.store import Store


def seen(interaction: Interaction) -> Store:
    """The store as those may see it who see the answer. Every road that shows a story begins here."""
    return interaction.client.store.seen_by(audience_of(interaction))


def audience_of(interaction: discord.Interaction) -> Audience:
    """Adults, where the channel (a thread's parent) is age-restricted; a channel that is not known is not.

    Discord lets only adults into such channels (https://support.discord.com/hc/en-us/articles/115000084051). In a
    direct message with the bot it is as the reader has said in their settings; among several there nothing is certain.
    """
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    gated = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel)
    adult = isinstance(channel, gated) and channel.is_nsfw()
    direct = interaction.guild_id is None and isinstance(channel, discord.DMChannel)
    return Audience(adult, interaction.guild_id or 0, interaction.user.id, direct)
