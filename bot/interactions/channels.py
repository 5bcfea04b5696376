"""Channels that the bot posts in by itself: what it may do there, and what roles it may give."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.ui.schedules import permissions

POSTING = ("view_channel", "send_messages", "embed_links", "read_message_history")
"""What posting on a schedule takes; the history, since after a crash the bot looks there for what it has posted."""

IN_THREAD = (*POSTING, "create_public_threads", "send_messages_in_threads")
WITH_PICTURE = (*POSTING, "attach_files")


def missing(channel: discord.abc.GuildChannel, needed: Sequence[str] = POSTING) -> list[str]:
    """Those of the *needed* permissions that the bot lacks in a channel."""
    allowed = channel.permissions_for(channel.guild.me)
    return [name for name in needed if not getattr(allowed, name)]


def allow_posting(channel: discord.abc.GuildChannel, needed: Sequence[str] = POSTING) -> None:
    """Raises `ReaderError` where the bot lacks a permission."""
    if lacking := missing(channel, needed):
        raise ReaderError("may-not-post", channel=f"<#{channel.id}>", permissions=permissions(lacking))


def allow_giving(role: discord.Role, chosen: ServerSettings) -> None:
    """Raises `ReaderError` for a role that the bot cannot give, or that must not be had for a press.

    A role that lets its members do anything that others may not is power: in the server, in one channel of it, or with
    the bot itself, as its managers have *chosen*.
    """
    guild, name = role.guild, f"<@&{role.id}>"
    if role.is_default():
        raise ReaderError(f"role-unfit-{'everyone'}", role="@everyone")
    if role.managed:
        raise ReaderError(f"role-unfit-{'managed'}", role=name)
    adds_stories = chosen.adders == "role" and chosen.adders_role == role.id
    in_server = role.permissions.value & ~guild.default_role.permissions.value
    in_channels = any(channel.overwrites_for(role).pair()[0].value for channel in guild.channels)
    if adds_stories or in_server or in_channels:
        raise ReaderError(f"role-unfit-{'power'}", role=name)
    if not guild.me.guild_permissions.manage_roles:
        raise ReaderError("may-not-give-roles")
    if role >= guild.me.top_role:
        raise ReaderError(f"role-unfit-{'high'}", role=name)


def allow_pinging(role: discord.Role, channel: discord.abc.GuildChannel) -> None:
    """Raises `ReaderError` where the bot's mention of *role* would tell nobody."""
    if not role.mentionable and not channel.permissions_for(role.guild.me).mention_everyone:
        raise ReaderError("may-not-ping", role=f"<@&{role.id}>")
