"""Whether a disk has room for a copy of the database."""

import shutil
from pathlib import Path

from bot.errors import HostError, found_at


def size_of(database: Path) -> int:
    """Return the bytes that a copy of the SQLite file takes at most."""
    files = (database, database.with_name(f"{database.name}-wal"))
    return sum(each.stat().st_size for each in files if found_at(each) == "file")


def check_room(folder: Path, needed: int, what: str) -> None:
    """Raise `HostError` where *folder* has no room for so many bytes; *what* says what they are for."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise HostError(
            f"There is no room in {folder} for {what}: it takes {megabytes(needed)}, and {megabytes(free)} are free."
            " Make room, and try again."
        )


FLOOR = 200_000_000
"""Bytes of a disk that uploads leave free: what readers do goes on."""


def nearly_full(database: Path) -> str | None:
    """Return what to tell the host where uploads wait for room on the disk with the SQLite file."""
    free = shutil.disk_usage(database.absolute().parent).free
    if free >= FLOOR:
        return None
    return f"Nobody can upload until {megabytes(FLOOR)} are free where the database lies: {megabytes(free)} are."


def megabytes(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count / 1e6:,.1f} MB"
