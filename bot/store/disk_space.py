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


def megabytes(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count / 1e6:,.1f} MB"
