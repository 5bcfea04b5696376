"""Owners of the bot, cached for a minute, unlike those of discord.py's `is_owner`, which are cached until a restart."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp
import discord

CACHE_SECONDS = 60
"""Minimum seconds between two requests for the owners, also after a failed request."""

ASK_SECONDS = 1.5
"""Timeout in seconds of a request for the owners."""

_ROLES = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)


class Owners:
    """Owners of the bot's application, requested with *ask*. A former team member counts for up to a minute."""

    def __init__(self, ask: Callable[[], Awaitable[discord.AppInfo]], clock: Callable[[], float]) -> None:
        self._ask, self._clock = ask, clock
        self._lock = asyncio.Lock()
        self._requested_at, self._ids = -math.inf, frozenset[int | None]()
        self.are_known = True
        """Whether the last request for the owners succeeded; True before the first request."""

    async def include(self, user: int) -> bool:
        """Return whether *user* owns the bot; False for everybody if the request fails."""
        async with self._lock:
            now = self._clock()
            if not 0 <= now - self._requested_at < CACHE_SECONDS:
                self._requested_at, self._ids, self.are_known = now, frozenset(), False
                with suppress(discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
                    async with asyncio.timeout(ASK_SECONDS):
                        self._ids, self.are_known = _owners(await self._ask()), True
        return user in self._ids


def _owners(info: discord.AppInfo) -> frozenset[int | None]:
    """Return the ids of the application's owner, or of its team's owner, admins and developers."""
    if info.team is None:
        return frozenset({info.owner.id})
    return frozenset({info.team.owner_id, *(member.id for member in info.team.members if member.role in _ROLES)})
