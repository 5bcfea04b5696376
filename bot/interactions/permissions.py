"""Whose stories a member manages, who may post in a channel, and which roles the bot may give.

It is read at the moment of an act: never from an earlier step, from a cache, or from a file. What that lets them do is
in `bot/domain/rights.py`.
"""

from asyncio import gather
from collections.abc import Sequence

import discord

from bot.domain.notices import ClosedChannel
from bot.domain.rights import Role, Standing, held
from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.ui.schedules import permissions

FOLDER = 0
"""The shelf of the bot's own folder, among the ids of servers."""


async def standing_of(interaction: Interaction, story: int) -> Standing:
    """Return what the member is to a story, here and now. Raises `StoryGone`."""
    ownership, here = await gather(interaction.client.store.uploads.ownership(story), standing_here(interaction))
    user = interaction.user.id
    is_upload = ownership.guild != FOLDER
    is_here = is_upload and interaction.guild_id == ownership.guild
    roles = held(
        {
            "uploader": ownership.uploader == user,
            "author": user in ownership.authors,
            "folder": not is_upload and await runs_bot(interaction),
        }
    )
    return Standing(
        roles | here.roles if is_here else roles,
        has_author=bool(ownership.authors),
        is_here=is_here,
        is_upload=is_upload,
    )


async def standing_here(interaction: Interaction) -> Standing:
    """Return what the member is in the server where they are; in a direct message nothing."""
    if interaction.guild_id is None:
        return Standing()
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    return standing_in(interaction.user, interaction.permissions, chosen)


def standing_in(
    member: discord.User | discord.Member, permissions: discord.Permissions, chosen: ServerSettings
) -> Standing:
    """Return what a member with *permissions* is in their server, as its managers have *chosen*."""
    roles = {role.id for role in member.roles} if isinstance(member, discord.Member) else set[int]()
    by_role = chosen.adders == "role" and chosen.adders_role in roles
    has: dict[Role, bool] = {
        "manager": permissions.manage_guild,
        "moderator": chosen.moderators_role in roles,
        "adder": chosen.adders == "everyone" or by_role,
    }
    return Standing(held(has), is_here=True)


async def managed_shelves(interaction: Interaction) -> list[int]:
    """Return the shelves that the member manages here: the id of this server, `FOLDER`, both or none.

    A server's managers manage its shelf, and whoever runs the bot manages the folder.
    """
    guild = interaction.guild_id
    servers = [guild] if guild is not None and interaction.permissions.manage_guild else []
    return [*servers, *([FOLDER] if await runs_bot(interaction) else [])]


async def runs_bot(interaction: Interaction) -> bool:
    """Return whether the member owns the bot, or is an administrator of the server ``OWNER_SERVER`` and acts there."""
    is_administrator = _is_in_owner_server(interaction) and interaction.permissions.administrator
    return is_administrator or await interaction.client.owners.have(interaction.user.id)


async def owns_bot_here(interaction: Interaction) -> bool:
    """Return whether the member owns the bot, in the server that ``OWNER_SERVER`` names."""
    return _is_in_owner_server(interaction) and await interaction.client.owners.have(interaction.user.id)


def _is_in_owner_server(interaction: Interaction) -> bool:
    return interaction.guild_id is not None and interaction.guild_id == interaction.client.owner_server


def not_owner(interaction: Interaction, otherwise: ReaderError) -> ReaderError:
    """Return *otherwise*, or that Discord does not say who owns the bot: it may be the member."""
    return otherwise if interaction.client.owners.are_known else ReaderError("owner-not-known")


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
