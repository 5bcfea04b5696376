"""What a member is to a story and to a server, as Discord says with the press and the store says now.

It is read at the moment of an act: never from an earlier step, from a cache, or from a file. What that lets them do is
in `bot/domain/rights.py`.
"""

import discord

from bot.domain.rights import Standing
from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction

FOLDER = 0
"""The shelf of the bot's own folder, among the ids of servers."""


async def standing_of(interaction: Interaction, story: int) -> Standing:
    """Return what the member is to a story, here and now. Raises `StoryGone`."""
    ownership = await interaction.client.store.uploads.ownership(story)
    user = interaction.user.id
    is_upload = ownership.guild != FOLDER
    is_here = is_upload and interaction.guild_id == ownership.guild
    return Standing(
        is_uploader=ownership.uploader == user,
        is_author=user in ownership.authors,
        has_author=bool(ownership.authors),
        is_manager=is_here and interaction.permissions.manage_guild,
        keeps_folder=not is_upload and await runs_bot(interaction),
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
    return Standing(
        is_manager=permissions.manage_guild,
        is_moderator=chosen.moderators_role in roles,
        is_adder=chosen.adders == "everyone" or by_role,
        is_here=True,
    )


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
