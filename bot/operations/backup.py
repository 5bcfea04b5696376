"""`backup`: copy the database to a file, even while the bot runs; `restore`: replace the database by a copy."""

import asyncio
import time
from pathlib import Path

from bot.config import Settings
from bot.operations.lock import alone_with
from bot.store.disk_space import megabytes
from bot.store.engines.sqlite_backup import Contents, IsCancelled, copy_database, never, restore_database
from bot.store.look import BackupNote, write_note


async def backup(settings: Settings, file: Path) -> int:
    """Copy the database to *file* and print a summary of the copy; return the exit status. Raises `HostError`."""
    made = await asyncio.to_thread(back_up, settings, file, int(time.time()))
    print(f"Backed up to {file}: {said(made)}.")
    return 0


def back_up(settings: Settings, file: Path, now: int, is_cancelled: IsCancelled = never) -> Contents:
    """Copy the database to *file* and save a note of the backup; return the copy's contents. Raises `HostError`."""
    if settings.server is None:
        made = copy_database(settings.database, file, is_cancelled)
    else:
        from bot.store.engines.postgresql_backup import dump_database  # imported here, since its driver is an extra

        made = dump_database(settings.direct or settings.server, file, is_cancelled)
    write_note(settings.store, BackupNote(now, str(file.absolute()), made.bytes))
    return made


def said(made: Contents) -> str:
    """Return a summary of a copy: its size and its main tables' row counts."""
    counts = ", ".join(f"{made.tables.get(table, 0):,} {words}" for table, words in _COUNTED.items())
    return f"{megabytes(made.bytes)}, {counts}"


_COUNTED = {
    "stories": "stories",
    "places": "places",
    "ballots": "votes",
    "reactions": "reactions",
    "reviews": "reviews",
}


RUNNING = "The bot runs on DATABASE {database}. Stop it, then restore."


async def restore(settings: Settings, file: Path) -> int:
    """Replace the database by *file*, or fill an empty PostgreSQL database; print a summary and return 0.

    Raises `HostError`.
    """
    async with alone_with(settings.direct or settings.store, RUNNING):
        if settings.server is not None:
            from bot.store.engines.postgresql_backup import restore_dump  # its driver is an extra

            held = await asyncio.to_thread(restore_dump, file, settings.direct or settings.server)
            print(f"Restored {file}: {said(held)}.")
            return 0
        done = await asyncio.to_thread(restore_database, file, settings.database, int(time.time()))
    if done.moved_to is not None:
        print(f"The database that was there is {done.moved_to} now.")
    print(f"Restored {file} to {settings.database}: {said(done.contents)}.")
    return 0
