"""The bot's account on Discord: what one request tells of it, and the link that invites the bot."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord.http import Route

from bot.errors import HostError

TOKEN_REFUSED = "Discord does not know this DISCORD_TOKEN. Reset it on the Bot page, copy it anew."

LEAST = discord.Permissions(view_channel=True, read_message_history=True)
"""What the bot needs in a server to be used at all."""

NOT_REACHED = (OSError, aiohttp.ClientError, TimeoutError, discord.DiscordServerError)
ASK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Account:
    """What Discord says of the application of a token."""

    application: int
    name: str
    flags: discord.ApplicationFlags
    ahead: float
    """Seconds that this machine's clock is ahead of Discord's, to about a second; below zero: behind."""


async def account(token: str, clock: Callable[[], float] = time.time) -> Account:
    """Ask Discord, once, for the application to which *token* belongs.

    Raises `HostError` where Discord refuses the token, and one of `NOT_REACHED` where it cannot be asked.
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
    """Return the link that adds the bot to a server with the least permissions."""
    return discord.utils.oauth_url(application, permissions=LEAST, scopes=("bot", "applications.commands"))
