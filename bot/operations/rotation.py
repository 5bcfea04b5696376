"""Automatic backups of a running bot: one every `backup_hours`, of which the newest `backups_kept` stay."""

import asyncio
import logging
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from bot.errors import HostError
from bot.operations.backup import back_up, said
from bot.store import Store
from bot.store.look import BackupFailure, look_at, read_notes, write_note

log = logging.getLogger(__name__)

RETRY_SECONDS = 60 * 60
"""Seconds until a failed backup is retried."""

LOOK_SECONDS = 60
"""Seconds until the next check while another process makes the backup."""

_NAME = re.compile(r"oneshot-\d{8}-\d{6}\.(db|dump)")


class Rotation:
    """Makes a backup when one is due, and deletes the oldest automatic backups."""

    def __init__(self, store: Store, settings: Settings, folder: Path) -> None:
        self._store = store
        self._settings = settings
        self._folder = folder
        self._is_stopped = threading.Event()

    async def run(self) -> None:
        """Make backups until cancelled. Cancelling aborts a backup in progress."""
        try:
            while True:
                wait = await self._look()
                await asyncio.sleep(wait)
        finally:
            self._is_stopped.set()

    async def _look(self) -> float:
        """Make a backup if one is due; return the seconds until the next check. Logs any `HostError`."""
        try:
            if (left := await asyncio.to_thread(self.next_due) - self._store.clock()) > 0:
                return left
            async with self._store.only("backup", waits=False) as is_ours:
                if is_ours:
                    await asyncio.to_thread(self.back_up_if_due)
                return 0 if is_ours else LOOK_SECONDS
        except HostError as error:
            log.warning("No backup was made: %s", error)
            return RETRY_SECONDS

    def next_due(self) -> float:
        """Return the time of the next backup in epoch seconds. Raises `HostError`."""
        with look_at(self._settings.store) as look:
            made, failed = read_notes(look)
        due = made.at + self._settings.backup_hours * 60 * 60 if made is not None else 0
        return max(due, failed.at + RETRY_SECONDS) if failed is not None else due

    def back_up_if_due(self) -> None:
        """Make a backup if one is due, and save its result. Raises `HostError` if the database is away."""
        now = int(self._store.clock())
        if now < self.next_due():
            return
        ending = "db" if self._settings.server is None else "dump"
        file = self._folder / f"oneshot-{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}.{ending}"
        try:
            made = back_up(self._settings, file, now, self._is_stopped.is_set)
            self._delete_oldest()
        except HostError as error:
            log.warning("No backup was made: %s", error)
            write_note(self._settings.store, BackupFailure(now, str(error)))
        except OSError as error:
            log.warning("Old backups in %s cannot be deleted: %s", self._folder, error)
        else:
            log.info("Backed up to %s: %s", file, said(made))

    def _delete_oldest(self) -> None:
        own = sorted(path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))
        for path in own[: -self._settings.backups_kept]:
            path.unlink()
