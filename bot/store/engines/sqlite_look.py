"""Reading or changing an SQLite file without opening the store, and so without migrating the file."""

import sqlite3
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import HostError, found_at
from bot.store.engines import Value

BUSY_SECONDS = 10.0


@contextmanager
def looking(path: Path) -> Generator[sqlite3.Connection]:
    """Provide a read-only connection to the file *path*. Raises `HostError` if it cannot be read."""
    if found_at(path) != "file":
        raise HostError(f"DATABASE {path} is not there. The bot makes it at its first start.")
    try:
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        try:
            db.row_factory = sqlite3.Row
            yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        raise HostError(f"DATABASE {path} cannot be read: {error}.") from error


def change_file(path: Path, statements: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
    """Run *statements* on the file *path* in one transaction. Raises `HostError` if a statement fails."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as db, db:
            for sql, values in statements:
                db.execute(sql, values)
    except sqlite3.Error as error:
        raise HostError(f"DATABASE {path} cannot be written to: {error}.") from error
