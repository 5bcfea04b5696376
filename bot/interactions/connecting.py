"""Connecting to Discord: the login, and the start of gateway sessions.

A failed first connection is retried, with one log line for each attempt; discord.py itself retries later ones. Discord
lets one shard of a bucket identify every five seconds, across all processes; a bucket is ``shard % max_concurrency``.
discord.py supports neither buckets nor several processes, so the store coordinates the times.
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
"""Seconds before each retry of the first connection; the last value repeats."""

IDENTIFY_SECONDS = 5.0
"""Minimum seconds between two shards of the same bucket that identify."""

IDENTIFY_WAIT_SECONDS = 45.0
"""Maximum seconds that a shard waits to identify; Discord closes a connection that waits too long."""

_UNREACHED = (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordServerError, discord.GatewayNotFound)


async def log_in(client: discord.AutoShardedClient, token: str) -> discord.SessionStartLimits:
    """Log in, and retry while Discord cannot be reached; return the limits on new sessions.

    Raises `discord.LoginFailure` for a wrong token.
    """
    for seconds in chain(PAUSE_SECONDS, repeat(PAUSE_SECONDS[-1])):
        try:
            await client.login(token)
            shards, _, starts = await client.http.get_bot_gateway()
        except _UNREACHED as error:
            log.warning("Discord cannot be reached: %s. Trying again in %d s", _text_of(error), seconds)
        else:
            client.shard_count = client.shard_count or shards
            return discord.SessionStartLimits(**starts)
        await client.http.close()
        client.http.connector = discord.utils.MISSING  # the next login creates a connector
        await asyncio.sleep(seconds)
    raise AssertionError("there is always another try")


async def stay_connected(client: discord.AutoShardedClient) -> None:
    """Connect the client's shards to the gateway; return when the client is closed."""
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_shorten)
    await client.connect()


def _shorten(record: logging.LogRecord) -> bool:
    """Logging filter that shortens the traceback of a connection error to one line."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, _UNREACHED):
        record.msg, record.args, record.exc_info = "%s: %s", (record.getMessage(), _text_of(error)), None
    return True


def _text_of(error: BaseException) -> str:
    return str(error) or type(error).__name__


class IdentifyTurns:
    """Reserves times at which the shards of this process may identify."""

    def __init__(self, store: Store, concurrency: int) -> None:
        self._store = store
        self._concurrency = max(concurrency, 1)

    async def wait(self, shard: int) -> None:
        """Wait until *shard* may identify. Raises `ConnectionError` if that takes too long; the shard then retries."""
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
    """Raise `HostError` if Discord allows fewer new sessions than twice *shards*: each shard may need a second one.

    Discord resets the token of a bot that starts too many sessions. *now* is in seconds since 1970.
    """
    if limits.remaining >= 2 * shards:
        return
    reset = datetime.fromtimestamp(now + limits.reset_after / 1000, UTC)
    raise HostError(
        f"Discord lets only {limits.remaining} sessions of {limits.total} begin until {reset:%Y-%m-%d %H:%M} UTC,"
        f" and {shards} shards may need {2 * shards}. Start the bot after that."
    )
