"""The beginning of sessions: Discord lets one shard of a bucket identify in five seconds, whichever process it is of.

A bucket is ``shard % max_concurrency``. The store gives out the times, so processes that start at once take turns.
"""

import asyncio
from datetime import UTC, datetime

import discord

from bot.errors import HostError, ReaderError
from bot.store import Store

BETWEEN_SECONDS = 5.0
"""Seconds between two shards of a bucket."""

MOST_SECONDS = 45.0
"""Seconds that a shard waits for its time: Discord closes a connection that does not identify for long."""


class IdentifyTurns:
    """The times at which the shards of a process may identify."""

    def __init__(self, store: Store, concurrency: int) -> None:
        self._store = store
        self._concurrency = max(concurrency, 1)

    async def wait(self, shard: int) -> None:
        """Wait until *shard* may identify. Raises `ConnectionError` where that is too far off: it tries again."""
        try:
            pause = await self._store.identify_times.take(shard % self._concurrency, BETWEEN_SECONDS, MOST_SECONDS)
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
