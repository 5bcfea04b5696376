"""How the bot runs and where it is, for whoever runs it."""

import logging

import discord
from discord import app_commands

from bot.domain.servers import Server
from bot.errors import ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked, snowflake_in
from bot.interactions.groups import owner
from bot.interactions.replies import redraw, send
from bot.services.rights import allow_running
from bot.texts import say
from bot.ui.host import SERVERS_A_PAGE, server_screen, servers_screen, status_screen
from bot.ui.ids.host import LeaveServer, PickServer, ServersPage
from bot.ui.markdown import escape
from bot.ui.screen import Screen, notice

log = logging.getLogger(__name__)


@owner.command(extras=LOOKUP)
async def status(interaction: Interaction) -> None:
    """See how the bot runs: its processes, what waits, the last errors"""
    await allow_running(interaction)
    beats = await store_for(interaction).heartbeats.all()
    await send(interaction, status_screen(beats, int(interaction.client.clock())), private=True)


@owner.command(extras=LOOKUP)
@app_commands.describe(server="The ID of a server. Leave empty to see all")
async def servers(interaction: Interaction, server: str | None = None) -> None:
    """See the servers that the bot is in, and leave one"""
    await allow_running(interaction)
    if server is None:
        await send(interaction, await _page(interaction, 0), private=True)
    else:
        await send(interaction, server_screen(await _server(interaction, server)), private=True)


@component(ServersPage, work="lookup")
async def turn_servers(interaction: Interaction, press: ServersPage) -> None:
    """Turn to the servers after one."""
    await allow_running(interaction)
    await redraw(interaction, await _page(interaction, press.after))


@component(PickServer, work="lookup")
async def pick_server(interaction: Interaction, _: PickServer) -> None:
    """Open one of the servers."""
    await allow_running(interaction)
    await redraw(interaction, server_screen(await _server(interaction, picked(interaction))))


@component(LeaveServer)
async def leave_server(interaction: Interaction, press: LeaveServer) -> None:
    """Ask whether to leave a server, or leave it."""
    await allow_running(interaction)
    found = await _server(interaction, str(press.server))
    if found.id == interaction.client.owner_server:
        raise ReaderError("server-own")
    if press.action == "ask":
        await redraw(interaction, server_screen(found, asks=True))
        return
    await (await interaction.client.fetch_guild(found.id, with_counts=False)).leave()
    log.info("The bot left server %d, as its owner asked", found.id)
    text = say("host-left", name=escape(found.name))
    await redraw(interaction, notice(text, say("host-left-title"), []))


async def _page(interaction: Interaction, after: int) -> Screen:
    """Return the servers after one, in the order of their ids, which is that of their age.

    Discord is asked: another process may be the one that is connected to them.
    """
    pages = interaction.client.fetch_guilds(limit=SERVERS_A_PAGE + 1, after=discord.Object(after) if after else None)
    found = await _servers(interaction, [guild async for guild in pages])
    return servers_screen(found[:SERVERS_A_PAGE], after, is_last=len(found) <= SERVERS_A_PAGE)


async def _server(interaction: Interaction, typed: str) -> Server:
    """Return the server with an id. Raises `ReaderError` where the bot is in none such."""
    try:
        guild = await interaction.client.fetch_guild(snowflake_in(typed.strip()) or 0)
    except (discord.NotFound, discord.Forbidden):
        raise ReaderError("server-unknown") from None
    return (await _servers(interaction, [guild]))[0]


async def _servers(interaction: Interaction, guilds: list[discord.Guild]) -> list[Server]:
    counts = await store_for(interaction).servers.counts([guild.id for guild in guilds])
    return [
        Server(guild.id, guild.name, guild.approximate_member_count or guild.member_count, counts[guild.id])
        for guild in guilds
    ]
