"""Servers that the bot left: when that was, and the end of their data thirty days later.

Discord says when the bot leaves a server. What it said while the bot was down is found at the next full start of the
server's shard. Discord lists a server that is only unavailable, and such a one never counts.
"""

import logging

import discord

from bot.interactions.client import Oneshot

log = logging.getLogger(__name__)


async def look_round(bot: Oneshot) -> None:
    """Count the servers of this client's shards that Discord did not list at its full start, and none that it did."""
    here = {guild.id for guild in bot.guilds}
    known = {guild for guild in await bot.store.departures.known() if bot.store.shards.have(guild)}
    if gone := known - here:
        await bot.store.departures.leave(gone)
    if back := here & await bot.store.departures.counted():
        await bot.store.departures.come_back(back)


async def delete_due(bot: Oneshot) -> None:
    """Delete the data of servers that the bot left long enough ago, once Discord has said so again."""
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
    """Ask Discord whether the bot is in a server. Raises what Discord or the network says of anything else."""
    try:
        await bot.fetch_guild(guild, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return False
    return True
