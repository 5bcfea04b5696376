"""`restore`: puts a backup in the place of the database."""

import asyncio
import time
from pathlib import Path

from bot.config import Settings
from bot.operations.backup import check_file, said
from bot.operations.lock import locked
from bot.store.engines.sqlite_restore import restore_database

RUNNING = "The bot runs on DATABASE {database}. Stop it, then restore."


async def restore(settings: Settings, file: Path) -> int:
    """Put *file* in the place of the database and say what it holds; return the exit status. Raises `HostError`."""
    check_file(settings, "restore")
    async with locked(settings.database, RUNNING):
        done = await asyncio.to_thread(restore_database, file, settings.database, int(time.time()))
    if done.moved_to is not None:
        print(f"The database that was there is {done.moved_to} now.")
    print(f"Restored {file} to {settings.database}: {said(done.contents)}.")
    return 0
