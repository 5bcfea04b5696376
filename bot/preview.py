"""The real bot in a browser page, on an in-memory Discord: no account, no network."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import discord
import simcord.preview
from simcord.backend.errors import SetupError
from simcord.preview._server import PreviewServer

from bot.config import Settings
from bot.errors import HostError
from bot.importing.loading import summary
from bot.importing.worker import reading_processes
from bot.interactions.client import Oneshot
from bot.operations.load import load_stories
from bot.operations.run import new_bot
from bot.store import Store

READERS = ("ann", "ben")
MANAGER = "mira"
HOST = "olga"
"""Runs the bot: her server is the one that OWNER_SERVER names."""

FIRST_TO_REACT = "cleo"
"""The page lets one join an emoji but not add one, so this reader puts a first on each message about a story."""

FIRST_EMOJI = "🌟"


async def preview(settings: Settings, *, port: int) -> int:
    """Serve the preview until it is stopped. What readers did is kept in a database beside the real one."""
    database = settings.database.with_name(f"{settings.database.stem}-preview.db")
    async with Store.open(database) as store:
        async with reading_processes() as processes:
            report = await load_stories(store, settings, processes.read)
        for line in report:
            if line.outcome != "unchanged":
                print(line)
        print(f"Stories from {settings.stories_dir}: {summary(report)}")
        await store.posts.forget_all()  # this Discord begins without messages, and gives their ids anew
        await store.polls.forget_messages()
        with tempfile.TemporaryDirectory() as folder:
            _show_blank_lines(Path(folder))
            async with reading_processes() as processes:
                await _serve(
                    lambda server: new_bot(store, replace(settings, owner_server=server), processes.read), port
                )
    return 0


def _show_blank_lines(folder: Path) -> None:
    """Let the page draw the blank lines between an embed's paragraphs, as Discord does and SimCord 3.2.1 does not."""
    static = Path(simcord.preview.__file__).parent / "static"
    css = folder / "preview.css"
    room = ".embed-card .markdown-paragraph + .markdown-paragraph { margin-top: 1.1em; }"
    css.write_text(f"{(static / css.name).read_text('utf-8')}\n{room}\n", "utf-8")
    PreviewServer._STATIC_FILES["/preview.css"] = str(css)
    PreviewServer._STATIC_CONTENT_TYPES[str(css)] = "text/css"


async def _serve(make: Callable[[int | None], Oneshot], port: int) -> None:
    """Serve the bot that *make* makes, given the server whose administrators run it."""
    logging.getLogger("discord").setLevel(logging.WARNING)
    async with simcord.run(make(None), check_errors=False) as env:
        # Always made in the same order, so that their ids are the same in every preview.
        env.backend.edit_bot_profile("Oneshot")
        guild = env.create_guild("The Reading Room")
        channel = guild.create_text_channel("reading")
        guild.create_text_channel("quotes")
        members = [guild.add_member(env.create_user(name, global_name=name.capitalize())) for name in READERS]
        role = guild.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
        manager = guild.add_member(env.create_user(MANAGER, global_name=MANAGER.capitalize()), roles=[role])
        hosts = guild.create_role("Host", permissions=discord.Permissions(administrator=True))
        host = guild.add_member(env.create_user(HOST, global_name=HOST.capitalize()), roles=[hosts])
        guild.create_role("Moderator")
        first = env.create_user(FIRST_TO_REACT, global_name=FIRST_TO_REACT.capitalize())
        guild.add_member(first)
        # Its own clock stands still at a day long gone, and every "two minutes ago" would be wrong.
        bot = make(guild.id)
        env.backend.advance_clock(bot.clock() - env.backend.clock.now().timestamp())
        # A bot that began on that day would make up for every minute since.
        await env.restart_bot(bot)

        async def react_first(channel_id: int, message_id: int) -> None:
            env.backend.set_reaction(channel_id, message_id, FIRST_EMOJI, first.id, True)

        bot.add_listener(react_first, "on_story_post")
        await members[0].slash(channel, "stories")
        try:
            async with env.preview(channel, viewers=[*members, manager, host], layout="channel", port=port) as page:
                print(f"Oneshot preview: {page.url}")
                print("Type / in the page for the commands; switch readers at the top. Ctrl-C stops it.", flush=True)
                await page.wait_closed()
        except SetupError as error:
            raise HostError(f"The preview cannot open: {error}. Is another program on port {port}?") from error
        except asyncio.CancelledError:
            print("Preview closed.")
            raise
