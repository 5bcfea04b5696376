"""Who owns the bot: never from what one process happened to learn once, as discord.py's `is_owner` keeps it."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp
import discord

GOOD_SECONDS = 60
"""For which what Discord said is good. It is asked no sooner again, also where it did not answer."""

ASK_SECONDS = 1.5
"""For which whoever presses waits for Discord's answer."""

_ROLES = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)


class Owners:
    """The owners of the bot's application, as Discord says by *ask*; who has left its team is none within a minute."""

    def __init__(self, ask: Callable[[], Awaitable[discord.AppInfo]], clock: Callable[[], float]) -> None:
        self._ask, self._clock = ask, clock
        self._asking = asyncio.Lock()
        self._asked_at, self._ids = -math.inf, frozenset[int | None]()
        self.are_known = True
        """Whether Discord answered when it was last asked, if it was."""

    async def have(self, user: int) -> bool:
        """Return whether *user* owns the bot. Where Discord does not say, nobody does."""
        async with self._asking:
            now = self._clock()
            if not 0 <= now - self._asked_at < GOOD_SECONDS:
                self._asked_at, self._ids, self.are_known = now, frozenset(), False
                with suppress(discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
                    async with asyncio.timeout(ASK_SECONDS):
                        self._ids, self.are_known = _owners(await self._ask()), True
        return user in self._ids


def _owners(info: discord.AppInfo) -> frozenset[int | None]:
    """Return the owner of the application, or that of its team with the team's admins and developers."""
    if info.team is None:
        return frozenset({info.owner.id})
    return frozenset({info.team.owner_id, *(member.id for member in info.team.members if member.role in _ROLES)})
