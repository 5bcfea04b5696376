"""The bot's account on Discord: whether the token is known there, and the link that invites the bot."""

import asyncio
import logging

import aiohttp
import discord

from bot.errors import HostError

log = logging.getLogger(__name__)

TOKEN_REFUSED = "Discord does not know this DISCORD_TOKEN. Reset it on the Bot page, copy it anew."

FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0

LEAST = discord.Permissions(view_channel=True, read_message_history=True)
"""What the bot needs in a server to be used at all."""

NOT_REACHED = (OSError, aiohttp.ClientError, TimeoutError, discord.DiscordServerError)


async def application(token: str) -> int:
    """Return the id of the application to which *token* belongs.

    Raises `HostError` where Discord refuses the token, and one of `NOT_REACHED` where it cannot be asked.
    """
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            assert client.application_id is not None
            return client.application_id
    except discord.LoginFailure as error:
        raise HostError(TOKEN_REFUSED) from error


async def reached(token: str, first_pause: float = FIRST_PAUSE_SECONDS) -> int:
    """Return the id of the application once Discord can be reached; each failure is one line of the log.

    After a power cut the bot is there before the network. Raises `HostError` where Discord refuses the token.
    """
    pause = first_pause
    while True:
        try:
            return await application(token)
        except NOT_REACHED as error:
            log.warning("Discord cannot be reached (%s). The next try is in %.0f seconds.", _said(error), pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def invite(application: int) -> str:
    """Return the link that adds the bot to a server with the least permissions."""
    return discord.utils.oauth_url(application, permissions=LEAST, scopes=("bot", "applications.commands"))


def _said(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
