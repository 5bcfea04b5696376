"""Free disk space, for backups and uploads."""

import shutil
from pathlib import Path

from bot.errors import HostError, found_at


def size_of(database: Path) -> int:
    """Return the maximum size of a copy of the SQLite file, in bytes."""
    files = (database, database.with_name(f"{database.name}-wal"))
    return sum(each.stat().st_size for each in files if found_at(each) == "file")


def check_room(folder: Path, needed: int, what: str) -> None:
    """Raise `HostError` if the disk of *folder* has fewer than *needed* bytes free; *what* names their use."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise HostError(
            f"There is no room in {folder} for {what}: it takes {megabytes(needed)}, and {megabytes(free)} are free."
            " Make room, and try again."
        )


FLOOR = 200_000_000
"""Minimum number of free bytes for uploads to be accepted, so that readers' changes can still be stored."""


def nearly_full(database: Path) -> str | None:
    """Return a warning for the host if the SQLite file's disk has fewer than `FLOOR` bytes free, else None."""
    free = shutil.disk_usage(database.absolute().parent).free
    if free >= FLOOR:
        return None
    return f"Nobody can upload until {megabytes(FLOOR)} are free where the database lies: {megabytes(free)} are."


def megabytes(count: int) -> str:
    """Format a number of bytes in megabytes."""
    return f"{count / 1e6:,.1f} MB"
