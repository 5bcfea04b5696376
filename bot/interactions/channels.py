"""Who may post in a channel: the bot by itself, and a member for whom it does. Which roles it may give."""

from collections.abc import Sequence

import discord

from bot.domain.closed_channels import ClosedChannel
from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.interactions.client import Interaction, Oneshot
from bot.ui.schedules import permissions

POSTING = ("view_channel", "send_messages", "embed_links", "read_message_history")
"""What scheduled posts need; the history, since after a crash the bot looks there for what it has posted."""

WRITING = ("view_channel", "send_messages", "embed_links")
"""What the bot needs in a channel for a message with buttons."""

IN_THREAD = (*POSTING, "create_public_threads", "send_messages_in_threads")
WITH_PICTURE = (*POSTING, "attach_files")


def missing(channel: discord.abc.GuildChannel, needed: Sequence[str] = POSTING) -> list[str]:
    """Return those of the *needed* permissions that the bot lacks in a channel."""
    allowed = channel.permissions_for(channel.guild.me)
    return [name for name in needed if not getattr(allowed, name)]


def allow_posting(channel: discord.abc.GuildChannel, needed: Sequence[str] = POSTING) -> None:
    """Raise `ReaderError` if the bot lacks a permission."""
    if lacking := missing(channel, needed):
        raise ReaderError("may-not-post", channel=f"<#{channel.id}>", permissions=permissions(lacking))


def closed_channel(bot: Oneshot, guild: discord.Guild, number: int) -> ClosedChannel | None:
    """Return why the bot posts nothing by itself in a channel; None where it does."""
    channel = guild.get_channel(number)
    if not isinstance(channel, discord.TextChannel):
        return ClosedChannel()
    if lacking := missing(channel, WRITING):
        return ClosedChannel(tuple(lacking))
    refusal = bot.background.refusals.of_posts(number)
    return None if refusal is None else ClosedChannel((), int(refusal.at), int(refusal.again_at))


def server_of(bot: Oneshot, guild: int) -> discord.Guild | None:
    """Return a server that the bot is in, or None. Raises `ConnectionError` while it is unavailable."""
    found = bot.get_guild(guild)
    if found is not None and found.unavailable:
        raise ConnectionError(f"server {guild} is unavailable")
    return found


def may_write(allowed: discord.Permissions, channel: object) -> bool:
    """Return whether somebody who is *allowed* this much in a server's channel or thread may write there."""
    sends = allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages
    return allowed.view_channel and sends


def may_write_here(interaction: Interaction) -> bool:
    """Return whether the reader may write where they are; outside a server there is nobody to forbid it."""
    return interaction.guild_id is None or may_write(interaction.permissions, interaction.channel)


def allow_sharing(interaction: Interaction) -> None:
    """Raise `ReaderError` if the reader may not write where the bot would post for them."""
    if not may_write_here(interaction):
        raise ReaderError("cannot-post", whose="reader")


def allow_giving(role: discord.Role, chosen: ServerSettings) -> None:
    """Raise `ReaderError` for a role that the bot cannot give, or that no button may give.

    No button may give a role that lets its members do what others may not: in the server, in one of its channels, or
    with the bot, by the settings that its managers have *chosen*.
    """
    guild, name = role.guild, f"<@&{role.id}>"
    if role.is_default():
        raise ReaderError("role-unfit-everyone", role="@everyone")
    if role.managed:
        raise ReaderError("role-unfit-managed", role=name)
    has_rights = role.id == chosen.moderators_role or (chosen.adders == "role" and chosen.adders_role == role.id)
    in_server = role.permissions.value & ~guild.default_role.permissions.value
    in_channels = any(channel.overwrites_for(role).pair()[0].value for channel in guild.channels)
    if has_rights or in_server or in_channels:
        raise ReaderError("role-unfit-power", role=name)
    if not guild.me.guild_permissions.manage_roles:
        raise ReaderError("may-not-give-roles")
    if role >= guild.me.top_role:
        raise ReaderError("role-unfit-high", role=name)


def allow_pinging(role: discord.Role, channel: discord.abc.GuildChannel) -> None:
    """Raise `ReaderError` if the bot's mention of *role* would notify nobody."""
    if not role.mentionable and not channel.permissions_for(role.guild.me).mention_everyone:
        raise ReaderError("may-not-ping", role=f"<@&{role.id}>")
