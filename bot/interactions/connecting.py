"""The way to Discord: a first connection that fails is tried again, with one line in the log each time.

Later ones discord.py tries again by itself.
"""

import asyncio
import logging
from itertools import chain, repeat

import aiohttp
import discord

log = logging.getLogger(__name__)

PAUSE_SECONDS = (1, 2, 5, 10, 30, 60)
"""Seconds until the next try; the last of them again and again."""

_UNREACHED = (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordServerError, discord.GatewayNotFound)


async def log_in(client: discord.AutoShardedClient, token: str) -> discord.SessionStartLimits:
    """Log in as soon as Discord can be reached; return how many sessions may begin.

    Raises `discord.LoginFailure` where Discord does not know the token.
    """
    for seconds in chain(PAUSE_SECONDS, repeat(PAUSE_SECONDS[-1])):
        try:
            await client.login(token)
            shards, _, starts = await client.http.get_bot_gateway()
        except _UNREACHED as error:
            log.warning("Discord cannot be reached: %s. Trying again in %d s", _said(error), seconds)
        else:
            client.shard_count = client.shard_count or shards
            return discord.SessionStartLimits(**starts)
        await client.http.close()
        client.http.connector = discord.utils.MISSING  # a login makes another
        await asyncio.sleep(seconds)
    raise AssertionError("there is always another try")


async def stay_connected(client: discord.AutoShardedClient) -> None:
    """Connect all shards to the gateway, and return when the client is closed."""
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_brief)
    await client.connect()


def _brief(record: logging.LogRecord) -> bool:
    """Have a connection that broke fill one line of the log."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, _UNREACHED):
        record.msg, record.args, record.exc_info = "%s: %s", (record.getMessage(), _said(error)), None
    return True


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__
