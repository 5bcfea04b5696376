"""`run`: loads the stories folder, and runs the bot as the settings want it."""

import asyncio
import logging

import discord

from bot.config import Settings
from bot.errors import HostError
from bot.importing.loading import Outcome, summary
from bot.importing.worker import ReadFile, reading_processes
from bot.interactions.client import Oneshot
from bot.operations.garbage import freeze
from bot.operations.load import load_stories
from bot.operations.lock import one_bot
from bot.operations.progress import in_log
from bot.store import Store

log = logging.getLogger("bot")

NO_TOKEN = (
    "DISCORD_TOKEN is not set: make an application at discord.com/developers and copy its bot token into .env.\n"
    "To try the bot without any account: make preview (or python -m bot preview)."
)

_LEVELS: dict[Outcome, int] = {"unchanged": logging.DEBUG, "hidden": logging.WARNING, "refused": logging.WARNING}


def new_bot(store: Store, settings: Settings, read: ReadFile) -> Oneshot:
    """Return the bot as the settings want it; it reads uploads with *read*."""
    return Oneshot(
        store,
        read=read,
        private_reading=settings.private_reading,
        unrated_is_mature=settings.unrated_is_mature,
        owner_server=settings.owner_server,
        sync_guild=settings.sync_guild,
        reload=lambda progress: load_stories(store, settings, read, progress),
    )


async def run(settings: Settings) -> int:
    """Load the stories folder, connect to Discord, and run until stopped. Raises `HostError`."""
    if settings.token is None:
        raise HostError(NO_TOKEN)
    discord.utils.setup_logging(level=settings.log_level)
    for library in ("discord", "aiosqlite", "asyncio", "PIL", "matplotlib"):  # they would write texts, ids and tokens
        logging.getLogger(library).setLevel(max(settings.log_level, logging.INFO))
    async with one_bot(settings):
        await _run(settings, settings.token)
    return 0


async def _run(settings: Settings, token: str) -> None:
    async with Store.open(settings.store) as store:
        async with reading_processes() as processes:
            report = await load_stories(store, settings, processes.read, in_log())
        for line in report:
            log.log(_LEVELS.get(line.outcome, logging.INFO), "%s", line)
        log.info("Stories: %s", summary(report))
        async with reading_processes() as processes, new_bot(store, settings, processes.read) as bot:
            bot.add_listener(freeze, "on_ready")
            await until_stopped(bot, token)


async def until_stopped(bot: Oneshot, token: str) -> None:
    """Run *bot* until this task is cancelled, as Ctrl-C does; then answer all who have pressed.

    Raises `HostError` where Discord refuses the token, and as soon as the database is found damaged.
    """
    connected, damaged = asyncio.create_task(bot.start(token)), asyncio.create_task(bot.store.damage())
    try:
        await asyncio.wait({connected, damaged}, return_when=asyncio.FIRST_COMPLETED)
        if damaged.done():
            await bot.close()
            raise damaged.result()
        await connected
    except discord.LoginFailure as error:
        raise HostError("Discord does not know this DISCORD_TOKEN. Reset it on the Bot page, copy it anew.") from error
    except asyncio.CancelledError:
        await bot.stop()
    finally:
        for task in (connected, damaged):  # it may be waiting to connect again
            task.cancel()
        await asyncio.wait({connected, damaged})
