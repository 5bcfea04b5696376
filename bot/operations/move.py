"""`move`: copy all data from one database into another, empty one, and compare both."""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import Settings, checked_address, lacking_driver
from bot.errors import HostError, found_at
from bot.operations.lock import alone_with
from bot.store.database import Database
from bot.store.moving import Moved, move

RUNNING = "The bot runs on DATABASE {database}. Stop it, then move."


def place(text: str) -> Path | str:
    """Return the file or address in *text*. Raises `HostError` for a malformed address or one with a password."""
    if not re.match(r"postgres(?:ql)?://", text):
        return Path(text).expanduser()
    if urlsplit(text).password or "password=" in text:
        raise HostError("Others see what a command is given: put the password into PGPASSWORD or ~/.pgpass.")
    if lack := lacking_driver():
        raise HostError(f"The address to move to or from {lack}")
    try:
        return checked_address(text)
    except ValueError as error:
        raise HostError(f"The address cannot be read: it {error}.") from None


async def move_all(settings: Settings, to: str, source: str | None) -> int:
    """Move all data from *source* (default: the settings' database) into *to*; print each table. Raises `HostError`."""
    begin, end = place(source) if source else settings.store, place(to)
    if isinstance(begin, Path) and found_at(begin) != "file":
        raise HostError(f"There is no database {begin}.")
    if begin == end:
        raise HostError("It is there already: name another database to move to.")
    async with (
        alone_with(begin, RUNNING),
        alone_with(end, RUNNING),
        Database.open(begin) as there,
        Database.open(end) as here,
    ):
        moved = await move(there, here, _tell)
    _tell("", 0)
    print("\n".join(_said(moved)))
    print(f"All is the same in both. Set DATABASE to {to}, and start the bot.")
    return 0


def _tell(table: str, rows: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{f'{table}: {rows:,}' if table else ''}", end="", file=sys.stderr, flush=True)


def _said(moved: list[Moved]) -> list[str]:
    return [f"{each.table:<20} {each.rows:>10,}  {each.digest[:12]}" for each in moved if each.rows]
