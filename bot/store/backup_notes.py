"""What is remembered of the last backup, for whoever asks how the bot is.

It is written and read without opening the store: `backup` may be of a later version than the bot that runs, and must
not bring the database up to date.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.store.engines.sqlite_look import change_file
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


def write_note(where: Path | str, note: BackupNote | BackupFailure) -> None:
    """Remember how a backup of the file at *where* ended, or of the server's database with that address.

    One that was made wipes out the failures before it. Raises `HostError` where nothing can be written.
    """
    if isinstance(where, Path):
        change_file(where, _statements(note))
        return
    from bot.store.engines.postgresql import change_at_server  # its driver is an extra

    change_at_server(where, _statements(note))


def _statements(note: BackupNote | BackupFailure) -> list[tuple[str, dict[str, str]]]:
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
