"""The age gate: who sees what is shown where an interaction comes from."""

from __future__ import annotations

import discord

from bot.domain.audience import Audience
from bot.interactions.client import Interaction
from bot.store import Store


def store_for(interaction: Interaction) -> Store:
    """The store as those may see it who see the answer. Every road that shows a story begins here."""
    return interaction.client.store.for_audience(audience_of(interaction))


def store_for_channel(interaction: Interaction, channel: discord.abc.GuildChannel) -> Store:
    """The store as all may see it who are in *channel*, wherever one asks."""
    return interaction.client.store.for_audience(audience_in(channel))


def audience_of(interaction: discord.Interaction) -> Audience:
    """Those who are where an interaction comes from.

    In a direct message with the bot a reader is of age as they have said in their settings; among several there
    nothing is certain.
    """
    direct = interaction.guild_id is None and isinstance(interaction.channel, discord.DMChannel)
    return Audience(_is_gated(interaction.channel), interaction.guild_id or 0, interaction.user.id, direct)


def audience_in(channel: discord.abc.GuildChannel | discord.Thread) -> Audience:
    """Those who are in a server's channel or thread."""
    return Audience(_is_gated(channel), channel.guild.id)


def _is_gated(channel: object) -> bool:
    """Whether a channel (a thread's parent) is age-restricted; one that is not known is not.

    Discord lets only adults into such channels (https://support.discord.com/hc/en-us/articles/115000084051).
    """
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    gated = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel)
    return isinstance(channel, gated) and channel.is_nsfw()
