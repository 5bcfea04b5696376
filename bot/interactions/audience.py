"""The age gate: who sees an answer, and so which stories may show in it."""

import discord

from bot.domain.rights import Audience
from bot.interactions.client import Interaction
from bot.store import Store


def store_for(interaction: Interaction) -> Store:
    """Return the store as those who see the answer may see it, the same for one interaction."""
    store: Store | None = interaction.extras.get(Store)
    if store is None:
        store = interaction.extras[Store] = interaction.client.store.for_audience(audience_of(interaction))
    return store


def owners_store(interaction: Interaction, guild: int) -> Store:
    """Return the store for whoever has just been allowed to act on a story of *guild*, in an answer of theirs alone.

    Their own story they may manage from any channel, whatever its rating.
    """
    return interaction.client.store.for_audience(Audience(adult=True, guild=guild, reader=interaction.user.id))


def store_for_channel(interaction: Interaction, channel: discord.abc.GuildChannel) -> Store:
    """Return the store as all members of *channel* may see it, wherever the interaction is."""
    return interaction.client.store.for_audience(audience_in(channel))


def audience_of(interaction: discord.Interaction) -> Audience:
    """Return those who are where an interaction comes from.

    In a direct message with the bot the reader's settings say whether they are of age. In one with other users nothing
    is certain.
    """
    direct = is_alone_with_bot(interaction)
    return Audience(_is_gated(interaction.channel), interaction.guild_id or 0, interaction.user.id, direct)


def is_alone_with_bot(interaction: discord.Interaction) -> bool:
    """Return whether the interaction comes from a direct message between the reader and the bot.

    Discord says so in the context. A channel's type does not: a message between two users has the same one.
    """
    return interaction.guild_id is None and interaction.context.dm_channel


def audience_in(channel: discord.abc.GuildChannel | discord.Thread) -> Audience:
    """Return those who are in a server's channel or thread."""
    return Audience(_is_gated(channel), channel.guild.id)


def _is_gated(channel: object) -> bool:
    """Return whether a channel (a thread's parent) is age-restricted; an unknown one counts as not.

    Discord lets only adults into such channels (https://support.discord.com/hc/en-us/articles/115000084051).
    """
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    gated = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel)
    return isinstance(channel, gated) and channel.is_nsfw()
