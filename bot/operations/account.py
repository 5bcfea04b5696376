"""The bot's application on Discord, fetched with one request, and its invite link."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord.http import Route

from bot.errors import HostError

TOKEN_REFUSED = "Discord does not know this DISCORD_TOKEN. Reset it on the Bot page, copy it anew."

MIN_PERMISSIONS = discord.Permissions(view_channel=True, read_message_history=True)
"""Permissions that the bot needs in every server."""

NOT_REACHED = (OSError, aiohttp.ClientError, TimeoutError, discord.DiscordServerError)
ASK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Account:
    """A token's application, from Discord's API."""

    application: int
    name: str
    flags: discord.ApplicationFlags
    ahead: float
    """Seconds by which this machine's clock is ahead of Discord's, accurate to about a second; negative if behind."""


async def account(token: str, clock: Callable[[], float] = time.time) -> Account:
    """Fetch the application of *token* with one request.

    Raises `HostError` if Discord refuses the token, and one of `NOT_REACHED` if the request fails.
    """
    agent = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__})"
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_SECONDS)) as session,
        session.get(
            f"{Route.BASE}/applications/@me", headers={"Authorization": f"Bot {token}", "User-Agent": agent}
        ) as answer,
    ):
        if answer.status == 401:
            raise HostError(TOKEN_REFUSED)
        answer.raise_for_status()
        ahead = clock() - parsedate_to_datetime(answer.headers["Date"]).timestamp()
        found = await answer.json()
    flags = discord.ApplicationFlags._from_value(int(found["flags"]))  # pyright: ignore[reportPrivateUsage]
    return Account(int(found["id"]), str(found["name"]), flags, ahead)


def invite(application: int) -> str:
    """Return the link that adds the bot to a server with the minimum permissions."""
    return discord.utils.oauth_url(application, permissions=MIN_PERMISSIONS, scopes=("bot", "applications.commands"))
