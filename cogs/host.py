"""`/bot`: commands for the bot's owners, in the server of the setting ``OWNER_SERVER``."""

import asyncio
import logging
from functools import partial

import discord
from discord import app_commands

from bot.domain.host import Server
from bot.errors import HostError, ReaderError
from bot.importing.loading import summary
from bot.importing.worker import Progress
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked, snowflake_in
from bot.interactions.groups import owner
from bot.interactions.replies import redraw, send
from bot.services.rights import allow_running
from bot.texts import say
from bot.ui.host import SERVERS_A_PAGE, server_screen, servers_screen, status_screen
from bot.ui.ids import LeaveServer, PickServer, ServersPage
from bot.ui.markdown import escape
from bot.ui.screen import Screen, notice
from bot.ui.uploads import reading_screen, report_screen, result_screen

log = logging.getLogger(__name__)


PROGRESS_SECONDS = 3.0
"""Minimum seconds between two updates of a load's progress; Discord allows about five edits in five seconds."""


@owner.command()
async def reload(interaction: Interaction) -> None:
    """Read the stories folder again, for files that were added or changed"""
    await allow_running(interaction)
    client = interaction.client
    if client.reload is None or client.reloading.locked():
        raise ReaderError("not-now")
    async with client.reloading:
        await send(interaction, reading_screen(0, 0), private=True)
        try:
            report = await client.reload(_progress(interaction))
        except HostError as error:  # its message names a path of the host, which must not reach Discord
            log.warning("The stories folder cannot be read: %s", error)
            text = say("folder-not-read")
            await _report(interaction, result_screen(say("folder-not-read-title"), text), text)
            return
        client.dispatch("due")
        changes = [str(line) for line in report if line.outcome != "unchanged"]
        text = "\n".join([summary(report), *changes])
        await _report(interaction, report_screen(summary(report), changes), text)


def _progress(interaction: Interaction) -> Progress:
    """Return a callback that shows the progress of a load in the answer. An edit that fails does not stop the load."""
    clock = asyncio.get_running_loop().time
    drawn_at = clock()

    async def show(done: int, files: int) -> None:
        nonlocal drawn_at
        if clock() - drawn_at >= PROGRESS_SECONDS and done < files:
            drawn_at = clock()
            try:
                await redraw(interaction, reading_screen(done, files))
            except Exception as error:  # the answer was dismissed or is too old to be edited
                log.info("The progress of a reload cannot be shown: %r", error)

    return show


async def _report(interaction: Interaction, screen: Screen, text: str) -> None:
    """Show the result of a load: in the command's answer, else in a new private message, else in the log."""
    for answer in (redraw, partial(send, private=True)):
        try:
            await answer(interaction, screen)
        except discord.HTTPException as error:
            log.info("The report of a reload cannot be shown: %r", error)
        else:
            return
    log.warning("The report of a reload could not be shown: %s", text)


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
    """Turn the list of servers to another page."""
    await allow_running(interaction)
    await redraw(interaction, await _page(interaction, press.after))


@component(PickServer, work="lookup")
async def pick_server(interaction: Interaction, _: PickServer) -> None:
    """Show the picked server."""
    await allow_running(interaction)
    await redraw(interaction, server_screen(await _server(interaction, picked(interaction))))


@component(LeaveServer)
async def leave_server(interaction: Interaction, press: LeaveServer) -> None:
    """Ask for confirmation to leave a server, or leave it."""
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
    """Return a page of the bot's servers with ids greater than *after*, in the order of their ids.

    The list is requested from Discord, since other processes may have the servers' shards.
    """
    pages = interaction.client.fetch_guilds(limit=SERVERS_A_PAGE + 1, after=discord.Object(after) if after else None)
    found = await _servers(interaction, [guild async for guild in pages])
    return servers_screen(found[:SERVERS_A_PAGE], after, is_last=len(found) <= SERVERS_A_PAGE)


async def _server(interaction: Interaction, typed: str) -> Server:
    """Return the server with the id *typed*. Raises `ReaderError` if the bot is not in it."""
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
