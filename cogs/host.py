"""What whoever runs the bot does from the server that they named: the stories folder, and who wrote what is in it."""

import asyncio
import logging
from functools import partial

import discord
from discord import app_commands

from bot.errors import HostError, ReaderError
from bot.importing.loading import summary
from bot.importing.progress import Progress
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.groups import owner
from bot.interactions.options import StoryArgument
from bot.interactions.permissions import FOLDER
from bot.interactions.replies import redraw, send
from bot.services.rights import allow_running
from bot.texts import say
from bot.ui.authors import CLAIMS_SHOWN, claims_screen, unlinked_screen
from bot.ui.screen import Screen
from bot.ui.uploads import reading_screen, report_screen, settled_screen

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 3.0
"""Seconds between two drawings of how far a load is: Discord takes some five edits in five seconds."""


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
        except HostError as error:  # it names a path of the host, which is nothing for Discord
            log.warning("The stories folder cannot be read: %s", error)
            text = say("folder-not-read")
            await _report(interaction, settled_screen(say("folder-not-read-title"), text), text)
            return
        client.dispatch("shelved")
        changes = [str(line) for line in report if line.outcome != "unchanged"]
        text = "\n".join([summary(report), *changes])
        await _report(interaction, report_screen(summary(report), changes), text)


@owner.command(extras=LOOKUP)
async def claims(interaction: Interaction) -> None:
    """Answer the claims of stories in the folder"""
    await allow_running(interaction)
    found = await store_for(interaction).authors.claims(interaction.user.id, [FOLDER], CLAIMS_SHOWN + 1)
    await send(interaction, claims_screen(found), private=True)


@owner.command()
@app_commands.describe(story="Title or author", user="The author to unlink")
async def unlink(interaction: Interaction, story: StoryArgument, user: discord.User) -> None:
    """Unlink an author from a story of the folder"""
    await allow_running(interaction)
    if await store_for(interaction).authors.shelf(story.id) != FOLDER:
        raise ReaderError("not-of-folder", title=story.title)
    if not await store_for(interaction).authors.unlink(story.id, user.id, interaction.user.id):
        raise ReaderError("not-linked", title=story.title)
    await send(interaction, unlinked_screen(story, user.id), private=True)


def _progress(interaction: Interaction) -> Progress:
    """Return what draws the answer anew every few seconds of a long load. That it cannot be drawn stops no load."""
    clock = asyncio.get_running_loop().time
    drawn_at = clock()

    async def show(done: int, files: int) -> None:
        nonlocal drawn_at
        if clock() - drawn_at >= PROGRESS_SECONDS and done < files:
            drawn_at = clock()
            try:
                await redraw(interaction, reading_screen(done, files))
            except Exception as error:  # the answer was dismissed, or it is too old to be edited
                log.info("The progress of a reload cannot be shown: %r", error)

    return show


async def _report(interaction: Interaction, screen: Screen, text: str) -> None:
    """Show how a load ended: in its answer, else in a new private one, else in the log."""
    for answer in (redraw, partial(send, private=True)):
        try:
            await answer(interaction, screen)
        except discord.HTTPException as error:
            log.info("The report of a reload cannot be shown: %r", error)
        else:
            return
    log.warning("The report of a reload could not be shown: %s", text)
