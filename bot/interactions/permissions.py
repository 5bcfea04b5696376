"""Roles of a member towards a story and a server, permissions in channels, and Discord roles that the bot may give.

Roles and permissions are read when the member acts, never saved from an earlier step. `bot/domain/rights.py` has the
rights of each role.
"""

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
"""Shelf id of the stories folder; the shelf id of a server is its Discord id."""


async def standing_of(interaction: Interaction, story: int) -> Standing:
    """Return the member's roles towards a story, in the interaction's server. Raises `StoryGone` if it is gone."""
    ownership = await interaction.client.store.uploads.ownership(story)
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
        roles | (await standing_here(interaction)).roles if is_here else roles,
        has_author=bool(ownership.authors),
        is_here=is_here,
        is_upload=is_upload,
    )


async def standing_here(interaction: Interaction) -> Standing:
    """Return the member's roles in the interaction's server; none in a direct message."""
    if interaction.guild_id is None:
        return Standing()
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    return standing_in(interaction.user, interaction.permissions, chosen)


def standing_in(
    member: discord.User | discord.Member, permissions: discord.Permissions, chosen: ServerSettings
) -> Standing:
    """Return the roles of a member with *permissions* in a server with the settings *chosen*."""
    roles = {role.id for role in member.roles} if isinstance(member, discord.Member) else set[int]()
    by_role = chosen.adders == "role" and chosen.adders_role in roles
    has: dict[Role, bool] = {
        "manager": permissions.manage_guild,
        "moderator": chosen.moderators_role in roles,
        "adder": chosen.adders == "everyone" or by_role,
    }
    return Standing(held(has), is_here=True)


async def managed_shelves(interaction: Interaction) -> list[int]:
    """Return the ids of the shelves that the member manages here: this server's, `FOLDER`, both or none.

    A server's managers manage its shelf; members for whom `runs_bot` is true manage the stories folder.
    """
    guild = interaction.guild_id
    servers = [guild] if guild is not None and interaction.permissions.manage_guild else []
    return [*servers, *([FOLDER] if await runs_bot(interaction) else [])]


async def runs_bot(interaction: Interaction) -> bool:
    """Return whether the member owns the bot, or is an administrator of the server ``OWNER_SERVER`` and acts there."""
    is_administrator = _is_in_owner_server(interaction) and interaction.permissions.administrator
    return is_administrator or await interaction.client.owners.include(interaction.user.id)


async def owns_bot_here(interaction: Interaction) -> bool:
    """Return whether the member owns the bot, and acts in the server ``OWNER_SERVER``."""
    return _is_in_owner_server(interaction) and await interaction.client.owners.include(interaction.user.id)


def _is_in_owner_server(interaction: Interaction) -> bool:
    return interaction.guild_id is not None and interaction.guild_id == interaction.client.owner_server


def not_owner(interaction: Interaction, otherwise: ReaderError) -> ReaderError:
    """Return *otherwise*; if the bot's owners are unknown, an error that says so, since the member may be an owner."""
    return otherwise if interaction.client.owners.are_known else ReaderError("owner-not-known")


POSTING = ("view_channel", "send_messages", "embed_links", "read_message_history")
"""Permissions that scheduled posts need. After a crash the bot searches the message history for its posts."""

WRITING = ("view_channel", "send_messages", "embed_links")
"""Permissions that a background post in a channel needs."""

IN_THREAD = (*POSTING, "create_public_threads", "send_messages_in_threads")
WITH_PICTURE = (*POSTING, "attach_files")


def missing(channel: discord.abc.GuildChannel, needed: Sequence[str] = POSTING) -> list[str]:
    """Return the *needed* permissions that the bot lacks in a channel."""
    allowed = channel.permissions_for(channel.guild.me)
    return [name for name in needed if not getattr(allowed, name)]


def allow_posting(channel: discord.abc.GuildChannel, needed: Sequence[str] = POSTING) -> None:
    """Raise `ReaderError` if the bot lacks a *needed* permission in a channel."""
    if lacking := missing(channel, needed):
        raise ReaderError("may-not-post", channel=f"<#{channel.id}>", permissions=permissions(lacking))


def closed_channel(bot: Oneshot, guild: discord.Guild, number: int) -> ClosedChannel | None:
    """Return the reason why the bot's background posts in a channel would fail; None if there is none."""
    channel = guild.get_channel(number)
    if not isinstance(channel, discord.TextChannel):
        return ClosedChannel()
    if lacking := missing(channel, WRITING):
        return ClosedChannel(tuple(lacking))
    refusal = bot.background.refusals.of_posts(number)
    return None if refusal is None else ClosedChannel((), int(refusal.at), int(refusal.again_at))


def server_of(bot: Oneshot, guild: int) -> discord.Guild | None:
    """Return a server by its id; None if the bot is not in it. Raises `ConnectionError` while it is unavailable."""
    found = bot.get_guild(guild)
    if found is not None and found.unavailable:
        raise ConnectionError(f"server {guild} is unavailable")
    return found


def may_write(allowed: discord.Permissions, channel: object) -> bool:
    """Return whether a member with the permissions *allowed* in a channel or thread may write there."""
    sends = allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages
    return allowed.view_channel and sends


def may_write_here(interaction: Interaction) -> bool:
    """Return whether the reader may write in the interaction's channel; always True outside a server."""
    return interaction.guild_id is None or may_write(interaction.permissions, interaction.channel)


def allow_sharing(interaction: Interaction) -> None:
    """Raise `ReaderError` if the reader may not write in the channel where the bot would post for them."""
    if not may_write_here(interaction):
        raise ReaderError("cannot-post", whose="reader")


def allow_giving(role: discord.Role, chosen: ServerSettings) -> None:
    """Raise `ReaderError` for a role that the bot cannot give to readers, or that is unsafe to give.

    A role is unsafe if it has additional permissions in the server or in one of its channels, or rights in the bot
    by the server's settings *chosen*.
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
