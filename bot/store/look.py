"""Queries for short commands that do not open the store, and so neither migrate nor create a database.

This module imports little, since opening the store also loads the code that reads stories.

Backup notes are written here for the same reason: a ``backup`` command of a later version must not migrate the database
of a running bot.
"""

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.host import Fault, Heartbeat, Queue, Shard
from bot.store.engines import Row, Value
from bot.store.engines.sqlite_look import change_file, looking

Made = TypeVar("Made")

HEARTBEATS = "SELECT host, process, version, started_at, beat_at, facts FROM heartbeats ORDER BY host, process"

CHANNELS = " UNION ".join(
    f"SELECT {channel} AS channel, '{what}' AS what, {int(table == 'schedules')} AS planned FROM {table}"
    f" WHERE guild_id = :guild AND {which}"
    for channel, what, table, which in (
        ("CAST(value AS BIGINT)", "Updates", "settings", "user_id = 0 AND name = 'news_channel'"),
        ("CAST(value AS BIGINT)", "Notices to mods", "settings", "user_id = 0 AND name = 'managers_channel'"),
        ("CAST(value AS BIGINT)", "Reports", "settings", "user_id = 0 AND name = 'reports_channel'"),
        ("channel_id", "The quote of the day", "schedules", "kind = 'daily' AND due_at IS NOT NULL"),
        ("channel_id", "A serial", "schedules", "kind = 'serial' AND due_at IS NOT NULL"),
        (
            "channel_id",
            "A question",
            "question_posts",
            "question_id IN (SELECT id FROM questions WHERE closed_at IS NULL)",
        ),
    )
)

Look = Callable[[str, Mapping[str, Value]], list[Row]]
"""Runs a SELECT with named parameters, and returns its rows."""


@contextmanager
def look_at(where: Path | str) -> Generator[Look]:
    """Provide queries on the SQLite file or server address *where*. Raises `HostError` if it cannot be read."""
    if isinstance(where, Path):
        with looking(where) as db:
            yield lambda sql, values: db.execute(sql, values).fetchall()
        return
    from bot.store.engines.postgresql import looking_at_server  # its driver is slow to import

    with looking_at_server(where) as look:
        yield look


def heartbeat_of(row: Row) -> Heartbeat:
    """Return the heartbeat in a row of `HEARTBEATS`."""
    facts = json.loads(row["facts"])
    return Heartbeat(
        **{name: row[name] for name in ("host", "process", "version", "started_at", "beat_at")},
        shards=_each(Shard, facts["shards"]),
        servers=facts["servers"],
        queues=_each(Queue, facts["queues"]),
        faults=_each(Fault, facts["faults"]),
        refused=facts.get("refused", 0),
    )


def channels_used(look: Look, guild: int) -> list[tuple[int, str, bool]]:
    """Return the channels in which the bot posts unasked: id, kind of post, and whether it is posted by a schedule."""
    return sorted((row["channel"], row["what"], bool(row["planned"])) for row in look(CHANNELS, {"guild": guild}))


def _each(kind: Callable[..., Made], found: Iterable[Mapping[str, Any]]) -> tuple[Made, ...]:
    return tuple(kind(**values) for values in found)


_DONE, _FAILED = "backup", "backup-failed"


@dataclass(frozen=True, slots=True)
class BackupNote:
    """A successful backup."""

    at: int
    """Epoch seconds."""
    file: str
    bytes: int


@dataclass(frozen=True, slots=True)
class BackupFailure:
    """A failed backup, later than the last successful one."""

    at: int
    why: str


def write_note(where: Path | str, note: BackupNote | BackupFailure) -> None:
    """Store the result of a backup of the SQLite file or server address *where*.

    A success deletes an earlier failure. Raises `HostError` if the result cannot be stored.
    """
    if isinstance(where, Path):
        change_file(where, _statements(note))
        return
    from bot.store.engines.postgresql import change_at_server  # its driver is an optional extra

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
    """Return the last successful backup, and the last failure if it is later; each may be None."""
    rows = look("SELECT name, value FROM bot_state WHERE name IN (:done, :failed)", {"done": _DONE, "failed": _FAILED})
    found = {row["name"]: json.loads(row["value"]) for row in rows}
    return (
        BackupNote(**found[_DONE]) if _DONE in found else None,
        BackupFailure(**found[_FAILED]) if _FAILED in found else None,
    )
