"""Who owns the bot: never from what one process happened to learn once, as discord.py's `is_owner` keeps it."""

import asyncio
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
        self._asked_at: float | None = None
        self._ids: frozenset[int] | None = None

    @property
    def are_known(self) -> bool:
        """Whether Discord answered when it was last asked, if it was."""
        return self._ids is not None or self._asked_at is None

    async def have(self, user: int) -> bool:
        """Return whether *user* owns the bot. Where Discord does not say, nobody does."""
        async with self._asking:
            now = self._clock()
            if self._asked_at is None or not 0 <= now - self._asked_at < GOOD_SECONDS:
                self._asked_at, self._ids = now, None
                with suppress(discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
                    async with asyncio.timeout(ASK_SECONDS):
                        self._ids = _owners(await self._ask())
        return user in (self._ids or ())


def _owners(info: discord.AppInfo) -> frozenset[int]:
    """Return the owner of the application, or that of its team with the team's admins and developers."""
    if info.team is None:
        return frozenset({info.owner.id})
    members = {member.id for member in info.team.members if member.role in _ROLES}
    return frozenset(members if info.team.owner_id is None else {*members, info.team.owner_id})
