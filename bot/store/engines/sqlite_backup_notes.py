"""What is remembered of the last backup, for whoever asks how the bot is.

It is written and read without opening the store: `backup` may be of a later version than the bot that runs, and must
not bring the database up to date.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.store.engines.sqlite_look import BUSY_SECONDS
from bot.store.look import Look

_DONE, _FAILED = "backup", "backup-failed"


@dataclass(frozen=True, slots=True)
class BackupNote:
    """A backup that was made."""

    at: int
    """In seconds since 1970."""
    file: str
    bytes: int


@dataclass(frozen=True, slots=True)
class BackupFailure:
    """A backup that was to be made later than the last that is there."""

    at: int
    why: str


def write_note(database: Path, note: BackupNote | BackupFailure) -> None:
    """Remember how a backup ended; one that was made wipes out the failures before it."""
    with closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as db, db:
        for sql, values in statements(note):
            db.execute(sql, values)


def statements(note: BackupNote | BackupFailure) -> list[tuple[str, dict[str, str]]]:
    """Return what remembers *note*, for any engine."""
    name = _DONE if isinstance(note, BackupNote) else _FAILED
    remember = (
        "INSERT INTO bot_state (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": json.dumps(asdict(note))},
    )
    forget = ("DELETE FROM bot_state WHERE name = :name", {"name": _FAILED})
    return [remember, forget] if name == _DONE else [remember]


def read_notes(look: Look) -> tuple[BackupNote | None, BackupFailure | None]:
    """Return the last backup, and the failure since then; None for what there is not."""
    rows = look("SELECT name, value FROM bot_state WHERE name IN (:done, :failed)", {"done": _DONE, "failed": _FAILED})
    found = {row["name"]: json.loads(row["value"]) for row in rows}
    return (
        BackupNote(**found[_DONE]) if _DONE in found else None,
        BackupFailure(**found[_FAILED]) if _FAILED in found else None,
    )
