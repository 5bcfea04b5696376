"""The age gate: the audience of an answer determines the stories that the answer may show."""

import discord

from bot.domain.rights import Audience
from bot.interactions.client import Interaction
from bot.store import Store


def store_for(interaction: Interaction) -> Store:
    """Return the store, restricted to what the audience of the answer may see; the interaction caches it."""
    store: Store | None = interaction.extras.get(Store)
    if store is None:
        store = interaction.extras[Store] = interaction.client.store.for_audience(audience_of(interaction))
    return store


def owners_store(interaction: Interaction, guild: int) -> Store:
    """Return the store without the age gate, for a private answer to a member who may manage a story of *guild*.

    They may manage the story from any channel, whatever its rating. Callers check the permission first.
    """
    return interaction.client.store.for_audience(Audience(adult=True, guild=guild, reader=interaction.user.id))


def store_for_channel(interaction: Interaction, channel: discord.abc.GuildChannel) -> Store:
    """Return the store, restricted to what the audience of *channel* may see instead of the interaction's audience."""
    return interaction.client.store.for_audience(audience_in(channel))


def audience_of(interaction: discord.Interaction) -> Audience:
    """Return the audience of the interaction's channel.

    In a direct message with the bot, the reader's setting decides about stories for adults. A direct message between
    users never counts as age-restricted.
    """
    direct = is_alone_with_bot(interaction)
    return Audience(_is_gated(interaction.channel), interaction.guild_id or 0, interaction.user.id, direct)


def is_alone_with_bot(interaction: discord.Interaction) -> bool:
    """Return whether the interaction comes from a direct message between the reader and the bot.

    Only the interaction's context shows this: a direct message between two users has the same type of channel.
    """
    return interaction.guild_id is None and interaction.context.dm_channel


def audience_in(channel: discord.abc.GuildChannel | discord.Thread) -> Audience:
    """Return the audience of a server's channel or thread."""
    return Audience(_is_gated(channel), channel.guild.id)


def _is_gated(channel: object) -> bool:
    """Return whether a channel, or a thread's parent, is age-restricted; False for an unknown channel.

    Discord lets only adults into such channels (https://support.discord.com/hc/en-us/articles/115000084051).
    """
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    gated = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.ForumChannel)
    return isinstance(channel, gated) and channel.is_nsfw()
