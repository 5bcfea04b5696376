"""The backups that the running bot makes by itself: one in so many hours, and the last few are kept."""

import asyncio
import logging
import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.errors import HostError
from bot.operations.backup import back_up, said
from bot.store.engines.sqlite_backup import Contents
from bot.store.engines.sqlite_backup_notes import BackupFailure, read_notes, write_note
from bot.store.look import look_at

log = logging.getLogger(__name__)

RETRY_SECONDS = 60 * 60
"""Seconds until a backup that failed is tried again."""

_NAME = re.compile(r"oneshot-\d{8}-\d{6}\.db")


class Rotation:
    """Makes a backup when one is due, and deletes the oldest of its own."""

    def __init__(self, settings: Settings, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._database = settings.database
        self._folder = folder
        self._seconds = settings.backup_hours * 60 * 60
        self._kept = settings.backups_kept
        self._clock = clock
        self._is_stopped = threading.Event()

    async def run(self) -> None:
        """Make backups until it is cancelled; one under way is given up."""
        try:
            while True:
                await asyncio.sleep(max(await asyncio.to_thread(self.next_due) - self._clock(), 0))
                await asyncio.to_thread(self.back_up_if_due)
        finally:
            self._is_stopped.set()

    def next_due(self) -> float:
        """Return when the next backup is due, in seconds since 1970."""
        with look_at(self._database) as look:
            made, failed = read_notes(look)
        due = made.at + self._seconds if made is not None else 0
        return max(due, failed.at + RETRY_SECONDS) if failed is not None else due

    def back_up_if_due(self) -> None:
        """Make a backup if one is due, and say in the log how it went; nothing that goes wrong is raised."""
        now = int(self._clock())
        try:
            if now < self.next_due():
                return
            file = self._folder / f"oneshot-{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}.db"
            made = self._back_up(file, now)
            self._delete_oldest()
        except HostError as error:
            log.warning("No backup was made: %s", error)
            write_note(self._database, BackupFailure(now, str(error)))
        except OSError as error:
            log.warning("Old backups in %s cannot be deleted: %s", self._folder, error)
        else:
            log.info("Backed up to %s: %s", file, said(made))

    def _back_up(self, file: Path, now: int) -> Contents:
        return back_up(self._database, file, now, self._is_stopped.is_set)

    def _delete_oldest(self) -> None:
        own = sorted(path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))
        for path in own[: -self._kept]:
            path.unlink()
