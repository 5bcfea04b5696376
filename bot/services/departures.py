"""Servers that the bot has left: recording the time, and deleting their data thirty days later.

Discord reports a departure, but not while the bot is offline. So each new gateway session compares the stored servers
with Discord's list. An unavailable server is on that list and does not count as left.
"""

import logging

import discord

from bot.interactions.client import Oneshot

log = logging.getLogger(__name__)


async def record_departures(bot: Oneshot) -> None:
    """Record which stored servers Discord no longer lists, and clear the record of those that Discord lists again.

    Only the servers of this process's shards are compared.
    """
    here = {guild.id for guild in bot.guilds}
    known = {guild for guild in await bot.store.departures.known() if bot.store.shards.have(guild)}
    if gone := known - here:
        await bot.store.departures.leave(gone)
    if back := here & await bot.store.departures.counted():
        await bot.store.departures.come_back(back)


async def delete_due(bot: Oneshot) -> None:
    """Delete the data of servers that the bot left at least thirty days ago, unless it is back there."""
    for guild in await bot.store.departures.due():
        if not bot.store.shards.have(guild):
            continue
        try:
            is_back = bot.get_guild(guild) is not None or await _is_in(bot, guild)
        except (discord.HTTPException, OSError) as error:
            log.info("Whether the bot is in server %d cannot be asked, so its data stays for now: %s", guild, error)
            continue
        if is_back:
            await bot.store.departures.come_back([guild])
        elif await bot.store.departures.delete(guild):
            log.info("The data of server %d is deleted: the bot left it thirty days ago", guild)


async def _is_in(bot: Oneshot, guild: int) -> bool:
    """Return whether the bot is in a server. Raises `discord.HTTPException` or `OSError` if Discord does not say."""
    try:
        await bot.fetch_guild(guild, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return False
    return True
