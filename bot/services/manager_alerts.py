"""Alerts to the managers of a server, where they see them and few others do."""

import logging
from collections.abc import AsyncIterator

import discord

from bot.ui.screen import Screen

log = logging.getLogger(__name__)


async def alert_managers(bot: discord.Client, guild: discord.Guild, by: int, here: Screen, direct: Screen) -> None:
    """Send *here* to a channel for Discord's own notices, else *direct* to the user *by*, else to the owner."""
    async for channel, screen in _channels(bot, guild, by, here, direct):
        try:
            await channel.send(embeds=screen.embeds, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as error:
            log.info("An alert to the managers of server %d failed: %s", guild.id, error)
        else:
            return
    log.warning("No manager of server %d could be alerted that a schedule stopped", guild.id)


async def _channels(
    bot: discord.Client, guild: discord.Guild, by: int, here: Screen, direct: Screen
) -> AsyncIterator[tuple[discord.TextChannel | discord.DMChannel, Screen]]:
    for channel in (guild.public_updates_channel, guild.system_channel):
        allowed = channel.permissions_for(guild.me) if channel is not None else None
        if channel is not None and allowed and allowed.view_channel and allowed.send_messages and allowed.embed_links:
            yield channel, here
    for user in filter(None, (by, guild.owner_id)):
        try:
            yield await bot.create_dm(discord.Object(user)), direct
        except discord.HTTPException as error:
            log.info("A direct message cannot be opened: %s", error)
