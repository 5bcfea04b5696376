"""What a member may do with a server as a whole: asked of Discord and the store at each command, press and modal."""

import discord

from bot.domain.rights import Act, Standing, may
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction


async def standing_here(interaction: Interaction) -> Standing:
    """Return what the member is in the server where they are; in a direct message nothing."""
    if interaction.guild_id is None:
        return Standing()
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    return Standing(
        is_manager=interaction.permissions.manage_guild,
        is_moderator=has_role(interaction, chosen.moderators_role),
        is_here=True,
    )


async def allow_here(interaction: Interaction, act: Act) -> None:
    """Raise `ReaderError` where the member may not do *act* in this server."""
    standing = await standing_here(interaction)
    if not may(act, standing):
        raise ReaderError("may-not-moderate" if may(act, Standing(is_moderator=True)) else "may-not-manage")


def has_role(interaction: Interaction, role: int | None) -> bool:
    """Return whether the member has a role of this server, as Discord says with the press."""
    return isinstance(interaction.user, discord.Member) and role in {each.id for each in interaction.user.roles}
