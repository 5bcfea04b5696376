"""The way to Discord: the login, and the beginning of sessions.

A first connection that fails is tried again, with one line in the log each time; later ones discord.py tries again by
itself. Discord lets one shard of a bucket identify in five seconds, whichever process it is of; a bucket is
``shard % max_concurrency``. discord.py knows neither buckets nor other processes, so the store gives out the times.
"""

import asyncio
import logging
from datetime import UTC, datetime
from itertools import chain, repeat

import aiohttp
import discord

from bot.errors import HostError, ReaderError
from bot.store import Store

log = logging.getLogger(__name__)

PAUSE_SECONDS = (1, 2, 5, 10, 30, 60)
"""Seconds until the next try; the last of them again and again."""

IDENTIFY_SECONDS = 5.0
"""Seconds between two shards of a bucket."""

IDENTIFY_WAIT_SECONDS = 45.0
"""Seconds that a shard waits for its time: Discord closes a connection that does not identify for long."""

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


class IdentifyTurns:
    """The times at which the shards of a process may identify."""

    def __init__(self, store: Store, concurrency: int) -> None:
        self._store = store
        self._concurrency = max(concurrency, 1)

    async def wait(self, shard: int) -> None:
        """Wait until *shard* may identify. Raises `ConnectionError` where that is too far off: it tries again."""
        try:
            pause = await self._store.identify_times.take(
                shard % self._concurrency, IDENTIFY_SECONDS, IDENTIFY_WAIT_SECONDS
            )
        except ReaderError as error:
            raise ConnectionError(f"the database does not say when shard {shard} may identify") from error
        if pause is None:
            raise ConnectionError(f"too many shards identify before shard {shard}")
        await asyncio.sleep(pause)


def check_starts(limits: discord.SessionStartLimits, shards: int, now: float) -> None:
    """Raise `HostError` where fewer sessions may begin than twice *shards*: each may have to begin anew.

    Discord resets a bot's token that begins too many.
    """
    if limits.remaining >= 2 * shards:
        return
    reset = datetime.fromtimestamp(now + limits.reset_after / 1000, UTC)
    raise HostError(
        f"Discord lets only {limits.remaining} sessions of {limits.total} begin until {reset:%Y-%m-%d %H:%M} UTC,"
        f" and {shards} shards may need {2 * shards}. Start the bot after that."
    )
