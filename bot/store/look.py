"""A look at the database that changes nothing and is over at once: no migration runs, and nothing is made.

So it imports little: what opens the store brings all that reads stories.

It is written and read without opening the store: `backup` may be of a later version than the bot that runs, and must
not bring the database up to date.
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
"""Returns the rows that a SELECT finds, given with the values of its parameters by name."""


@contextmanager
def look_at(where: Path | str) -> Generator[Look]:
    """Provide a look at the file at *where*, or at the server's database with that address. Raises `HostError`."""
    if isinstance(where, Path):
        with looking(where) as db:
            yield lambda sql, values: db.execute(sql, values).fetchall()
        return
    from bot.store.engines.postgresql import looking_at_server  # its driver takes time to import

    with looking_at_server(where) as look:
        yield look


def heartbeat_of(row: Row) -> Heartbeat:
    """Return the heartbeat that a row of `HEARTBEATS` holds."""
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
    """Return the channels of a server in which the bot posts by itself, what it posts, and whether by a schedule."""
    return sorted((row["channel"], row["what"], bool(row["planned"])) for row in look(CHANNELS, {"guild": guild}))


def _each(kind: Callable[..., Made], found: Iterable[Mapping[str, Any]]) -> tuple[Made, ...]:
    return tuple(kind(**values) for values in found)


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
