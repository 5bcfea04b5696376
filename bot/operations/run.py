"""`run`: load the stories folder, and run the bot with the settings of the host."""

import asyncio
import gc
import logging
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.config import Settings
from bot.errors import HostError, LoadingElsewhere, ServerAway
from bot.importing.loading import Outcome, refusing_adult, summary
from bot.importing.worker import ReadFile, reading_processes
from bot.interactions.client import Oneshot
from bot.operations.account import TOKEN_REFUSED, invite
from bot.operations.heartbeat import Systemd, beating
from bot.operations.in_touch import in_touch
from bot.operations.load import load_stories
from bot.operations.lock import one_bot, shards_of
from bot.operations.logs import log_as
from bot.operations.progress import in_log
from bot.operations.rotation import Rotation
from bot.store import Store

if TYPE_CHECKING:
    from bot.store.engines.postgresql_session import Session


log = logging.getLogger("bot")

AWAY_SECONDS, LOG_SECONDS = 3.0, 60.0
"""Seconds between two attempts to reach an absent PostgreSQL server, and between two log messages about it."""

NO_TOKEN = (
    "DISCORD_TOKEN is not set: make an application at discord.com/developers and copy its bot token into .env.\n"
    "To try the bot without any account: make preview (or python -m tools.preview)."
)

_LEVELS: dict[Outcome, int] = {"unchanged": logging.DEBUG, "hidden": logging.WARNING, "refused": logging.WARNING}


def new_bot(store: Store, settings: Settings, read: ReadFile) -> Oneshot:
    """Return a bot with *settings*, which reads uploads with *read*."""
    return Oneshot(
        store,
        read=read if settings.adult_stories else refusing_adult(read, unrated_is_mature=settings.unrated_is_mature),
        private_reading=settings.private_reading,
        unrated_is_mature=settings.unrated_is_mature,
        takes_adult=settings.adult_stories,
        owner_server=settings.owner_server,
        sync_guild=settings.sync_guild,
        shard_count=settings.shard_count,
        pages=settings.pages,
        reload=lambda progress: load_stories(store, settings, read, progress),
    )


async def run(settings: Settings, notify_socket: str | None) -> int:
    """Load the stories folder, connect to Discord and run until stopped. Raises `HostError`.

    Retries while PostgreSQL is away.
    """
    if settings.token is None:
        raise HostError(NO_TOKEN)
    log_as(settings)
    systemd = Systemd(notify_socket)
    clock, logged_at = asyncio.get_running_loop().time, -math.inf
    while True:
        try:
            return await _run(settings, settings.token, systemd)
        except ServerAway as error:
            status = f"PostgreSQL is away, and the bot waits for it: {error}"
        if clock() - logged_at >= LOG_SECONDS:
            log.warning("%s", status)
            logged_at = clock()
        systemd.tell(f"STATUS={status}\nWATCHDOG=1\nEXTEND_TIMEOUT_USEC={120 * 10**6}")
        await asyncio.sleep(AWAY_SECONDS)


async def _run(settings: Settings, token: str, systemd: Systemd) -> int:
    async with one_bot(settings) as session, Store.open(settings.store, shards=shards_of(settings)) as store:
        systemd.tell("STATUS=")
        store.uploads_megabytes = settings.uploads_megabytes
        async with reading_processes() as processes:
            has_loaded = await has_loaded_folder(store, settings, processes.read)
        async with reading_processes() as processes, new_bot(store, settings, processes.read) as bot:
            bot.add_listener(freeze_garbage, "on_ready")
            if has_loaded:  # else another process is still loading, and the number of stories is unknown
                bot.add_listener(partial(log_first_steps, bot), "on_ready")
            async with (
                monitored(bot, settings),
                beating(bot, systemd),
                backing_up(store, settings),
                in_touch(bot, session),
            ):
                await until_stopped(bot, token, session)
    return 0


async def has_loaded_folder(store: Store, settings: Settings, read: ReadFile) -> bool:
    """Load the stories folder; return False if another process is loading the folder. Raises `HostError`."""
    try:
        report = await load_stories(store, settings, read, in_log())
    except LoadingElsewhere as error:
        log.info("%s", error)
        return False
    for line in report:
        log.log(_LEVELS.get(line.outcome, logging.INFO), "%s", line)
    log.info("Stories: %s", summary(report))
    return True


async def log_first_steps(bot: Oneshot) -> None:
    """Log an invite link and the first commands to try, only once per database."""
    if bot.application_id is None or await bot.store.bot_state.read(_GREETED) is not None:
        return
    log.info("Add the bot to your server: %s", invite(bot.application_id))
    log.info("The library has %s stories. In Discord type /stories, or /help.", f"{await bot.store.stories.count():,}")
    await bot.store.bot_state.write(_GREETED, "yes")


_GREETED = "host-greeted"


@asynccontextmanager
async def monitored(bot: Oneshot, settings: Settings) -> AsyncGenerator[None]:
    """Serve metrics until the context ends, if the settings have an address for metrics. Raises `HostError`."""
    if settings.metrics is None:
        yield
        return
    from bot.operations.metrics import (
        Metrics,  # most bots run without Prometheus and its web server
        serving_metrics,
    )

    async with serving_metrics(Metrics(bot, settings), *settings.metrics):
        yield


@asynccontextmanager
async def backing_up(store: Store, settings: Settings) -> AsyncGenerator[None]:
    """Make the backups of the settings until the context ends."""
    if settings.backups is None:
        yield
        return
    task = asyncio.create_task(Rotation(store, settings, settings.backups).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def until_stopped(bot: Oneshot, token: str, session: "Session | None" = None) -> None:
    """Run *bot* until this task is cancelled (for example by Ctrl-C), then finish the pending answers.

    Raises `HostError` if Discord rejects the token or allows too few new sessions, if the database is damaged, or if
    another process takes over the lock of *session*.
    """
    connected, damaged = asyncio.create_task(bot.start(token)), asyncio.create_task(bot.store.damage())
    taken = asyncio.create_task(session.taken() if session else asyncio.Event().wait())
    try:
        await asyncio.wait({connected, damaged, taken}, return_when=asyncio.FIRST_COMPLETED)
        for found in (damaged, taken):
            if found.done() and isinstance(error := found.result(), HostError):
                await bot.close()
                raise error
        await connected
    except discord.LoginFailure as error:
        raise HostError(TOKEN_REFUSED) from error
    except asyncio.CancelledError:
        await bot.stop()
    finally:
        tasks = {connected, damaged, taken}
        for task in tasks:  # the bot may be waiting to reconnect
            task.cancel()
        await asyncio.wait(tasks)


THRESHOLDS = (10_000, 10, 10)
"""Thresholds of the garbage collector's generations, high because a press leaves some hundred objects in cycles."""


async def freeze_garbage() -> None:
    """Exclude all current objects from garbage collection; call it when the bot is ready.

    A full collection takes a tenth of a second and blocks the event loop. After this call a collection only covers
    newer objects. A call in a new session first collects the garbage of the session before.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
