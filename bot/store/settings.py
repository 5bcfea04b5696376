"""Settings of readers and servers: one row for each setting that differs from its default.

A change reads and writes in one transaction, so that two simultaneous changes do not undo each other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.settings import READER, SERVER, ReaderSettings, ServerSettings, Setting
from bot.store.audit import record
from bot.store.database import Family, Row, Value, Writing, transaction
from bot.store.engines import alone

_SELECT = "SELECT name, value FROM settings WHERE user_id = :reader AND guild_id = :guild"
_UPSERT = (
    "INSERT INTO settings (user_id, guild_id, name, value) VALUES (:reader, :guild, :name, :value)"
    " ON CONFLICT (user_id, guild_id, name) DO UPDATE SET value = excluded.value"
)
_DELETE = "DELETE FROM settings WHERE user_id = :reader AND guild_id = :guild AND name = :name"


def chosen_sql(name: str, reader: str) -> str:
    """Return SQL for the stored value of a reader's setting, NULL for the default; *reader* is SQL for an id."""
    return f"(SELECT value FROM settings WHERE user_id = {reader} AND guild_id = 0 AND name = '{READER[name].name}')"


def server_chosen_sql(name: str, guild: str) -> str:
    """Return SQL for the stored value of a server's setting, NULL for the default; *guild* is SQL for an id."""
    return f"(SELECT value FROM settings WHERE user_id = 0 AND guild_id = {guild} AND name = '{SERVER[name].name}')"


def server_settings(writing: Writing, guild: int) -> ServerSettings:
    """Return a server's settings within a transaction."""
    return ServerSettings(**_values(SERVER, writing.rows(_SELECT, _server(guild))))


def change_settings(
    writing: Writing, guild: int, change: Callable[[ServerSettings], ServerSettings], user: int | None, now: int
) -> ServerSettings:
    """Apply *change* to a server's settings, store and return the result, and log it as an act of *user*, if any."""
    before = server_settings(writing, guild)
    chosen = change(before)
    for name in _store(writing, SERVER, _server(guild), before, chosen):
        if user is not None:
            record(writing, guild, user, "set", detail=name, now=now)
    return chosen


class StoredSettings(Family):
    """Settings of readers (stored with server 0) and of servers (stored with reader 0)."""

    async def of_reader(self, reader: int) -> ReaderSettings:
        """Return a reader's settings."""
        return ReaderSettings(**_values(READER, await self._db.rows(_SELECT, _reader(reader))))

    @transaction
    def change_reader(
        self, writing: Writing, reader: int, change: Callable[[ReaderSettings], ReaderSettings]
    ) -> ReaderSettings:
        """Apply *change* to a reader's settings; store and return the result."""
        writing.take(alone("reader", reader))
        before = ReaderSettings(**_values(READER, writing.rows(_SELECT, _reader(reader))))
        chosen = change(before)
        _store(writing, READER, _reader(reader), before, chosen)
        return chosen

    async def unreached(self, reader: int, now: float | None) -> None:
        """Store *now* as the time of a direct message that did not reach *reader*; None deletes the stored time."""
        at = None if now is None else int(now)
        await self.change_reader(reader, lambda chosen: replace(chosen, unreached_at=at))

    async def of_server(self, guild: int | None) -> ServerSettings:
        """Return a server's settings; the defaults for a direct message (*guild* None)."""
        return ServerSettings(**_values(SERVER, await self._db.rows(_SELECT, _server(guild))))

    @transaction
    def change_server(
        self,
        writing: Writing,
        guild: int,
        change: Callable[[ServerSettings], ServerSettings],
        user: int | None = None,
    ) -> ServerSettings:
        """Call `change_settings` in a transaction."""
        writing.take(alone("server", guild))
        return change_settings(writing, guild, change, user, self._db.now())


def _reader(reader: int) -> dict[str, Value]:
    return {"reader": reader, "guild": 0}


def _server(guild: int | None) -> dict[str, Value]:
    return {"reader": 0, "guild": guild}


def _values(settings: Mapping[str, Setting], rows: Iterable[Row]) -> dict[str, Any]:
    """Return the values in *rows* by setting name; skip names that *settings* lacks, from another release."""
    return {row["name"]: settings[row["name"]].read(row["value"]) for row in rows if row["name"] in settings}


def _store(
    writing: Writing,
    settings: Mapping[str, Setting],
    owner: Mapping[str, Value],
    before: ReaderSettings | ServerSettings,
    chosen: ReaderSettings | ServerSettings,
) -> list[str]:
    """Store the settings of *chosen* that differ from *before*, and return their names."""
    changed = [name for name in settings if getattr(before, name) != getattr(chosen, name)]
    for name in changed:
        value = getattr(chosen, name)
        if value == settings[name].default:
            writing.execute(_DELETE, {**owner, "name": name})
        else:
            writing.execute(_UPSERT, {**owner, "name": name, "value": settings[name].kind.write(value)})
    return changed
