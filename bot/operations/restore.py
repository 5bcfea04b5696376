"""`restore`: puts a backup in the place of the database."""

import asyncio
import time
from pathlib import Path

from bot.config import Settings
from bot.operations.backup import said
from bot.operations.lock import alone_with, locked
from bot.store.engines.sqlite_restore import restore_database

RUNNING = "The bot runs on DATABASE {database}. Stop it, then restore."


async def restore(settings: Settings, file: Path) -> int:
    """Put *file* in the place of the database, on a server into an empty one, and say what it holds; return 0.

    Raises `HostError`.
    """
    if settings.server is not None:
        from bot.store.engines.postgresql_backup import restore_dump  # its driver is an extra

        url = settings.direct or settings.server
        async with alone_with(url, RUNNING):
            held = await asyncio.to_thread(restore_dump, file, url)
        print(f"Restored {file}: {said(held)}.")
        return 0
    async with locked(settings.database, RUNNING):
        done = await asyncio.to_thread(restore_database, file, settings.database, int(time.time()))
    if done.moved_to is not None:
        print(f"The database that was there is {done.moved_to} now.")
    print(f"Restored {file} to {settings.database}: {said(done.contents)}.")
    return 0
