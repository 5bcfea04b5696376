"""The bot's account on Discord: whether the token is known there, and the link that invites the bot."""

import aiohttp
import discord

from bot.errors import HostError

TOKEN_REFUSED = "Discord does not know this DISCORD_TOKEN. Reset it on the Bot page, copy it anew."

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


def invite(application: int) -> str:
    """Return the link that adds the bot to a server with the least permissions."""
    return discord.utils.oauth_url(application, permissions=LEAST, scopes=("bot", "applications.commands"))
