"""What readers and servers have chosen: a row for each setting that is not at its default.

A change reads and writes in one transaction, so that of two at the same moment neither undoes the other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.settings import READER, SERVER, ReaderSettings, ServerSettings, Setting
from bot.store.audit import record
from bot.store.database import Family, Row, Value, Writing, transaction
from bot.store.engines import alone

_CHOSEN = "SELECT name, value FROM settings WHERE user_id = :reader AND guild_id = :guild"
_KEEP = (
    "INSERT INTO settings (user_id, guild_id, name, value) VALUES (:reader, :guild, :name, :value)"
    " ON CONFLICT (user_id, guild_id, name) DO UPDATE SET value = excluded.value"
)
_DROP = "DELETE FROM settings WHERE user_id = :reader AND guild_id = :guild AND name = :name"


def chosen_sql(name: str, reader: str) -> str:
    """Return SQL of a reader's setting as it is stored, NULL where it is at its default; *reader* is SQL, too."""
    return f"(SELECT value FROM settings WHERE user_id = {reader} AND guild_id = 0 AND name = '{READER[name].name}')"


def server_chosen_sql(name: str, guild: str) -> str:
    """Return SQL of a server's setting as it is stored, NULL where it is at its default; *guild* is SQL, too."""
    return f"(SELECT value FROM settings WHERE user_id = 0 AND guild_id = {guild} AND name = '{SERVER[name].name}')"


def server_settings(writing: Writing, guild: int) -> ServerSettings:
    """Return what a server has chosen, as a transaction sees it."""
    return ServerSettings(**_values(SERVER, writing.rows(_CHOSEN, _server(guild))))


def change_settings(
    writing: Writing, guild: int, change: Callable[[ServerSettings], ServerSettings], user: int | None, now: int
) -> ServerSettings:
    """Keep what *change* makes of a server's settings as they are now, and return that; log that *user* did."""
    before = server_settings(writing, guild)
    chosen = change(before)
    for name in _keep(writing, SERVER, _server(guild), before, chosen):
        if user is not None:
            record(writing, guild, user, "set", detail=name, now=now)
    return chosen


class StoredSettings(Family):
    """The settings of readers, whose server is 0, and those of servers, whose reader is 0."""

    async def of_reader(self, reader: int) -> ReaderSettings:
        """Return what a reader has chosen."""
        return ReaderSettings(**_values(READER, await self._db.rows(_CHOSEN, _reader(reader))))

    @transaction
    def change_reader(
        self, writing: Writing, reader: int, change: Callable[[ReaderSettings], ReaderSettings]
    ) -> ReaderSettings:
        """Keep what *change* makes of a reader's settings as they are now, and return that."""
        writing.take(alone("reader", reader))
        before = ReaderSettings(**_values(READER, writing.rows(_CHOSEN, _reader(reader))))
        chosen = change(before)
        _keep(writing, READER, _reader(reader), before, chosen)
        return chosen

    async def unreached(self, reader: int, now: float | None) -> None:
        """Record that a direct message did not reach *reader*; None: that the next one may be tried."""
        at = None if now is None else int(now)
        await self.change_reader(reader, lambda chosen: replace(chosen, unreached_at=at))

    async def of_server(self, guild: int | None) -> ServerSettings:
        """Return what a server has chosen; in a direct message (None), the defaults."""
        return ServerSettings(**_values(SERVER, await self._db.rows(_CHOSEN, _server(guild))))

    @transaction
    def change_server(
        self,
        writing: Writing,
        guild: int,
        change: Callable[[ServerSettings], ServerSettings],
        user: int | None = None,
    ) -> ServerSettings:
        """Change a server's settings as `change_settings` does."""
        writing.take(alone("server", guild))
        return change_settings(writing, guild, change, user, self._db.now())


def _reader(reader: int) -> dict[str, Value]:
    return {"reader": reader, "guild": 0}


def _server(guild: int | None) -> dict[str, Value]:
    return {"reader": 0, "guild": guild}


def _values(settings: Mapping[str, Setting], rows: Iterable[Row]) -> dict[str, Any]:
    """Return the values of rows, by the names of the settings; another release may have stored more of them."""
    return {row["name"]: settings[row["name"]].read(row["value"]) for row in rows if row["name"] in settings}


def _keep(
    writing: Writing,
    settings: Mapping[str, Setting],
    whose: Mapping[str, Value],
    before: ReaderSettings | ServerSettings,
    chosen: ReaderSettings | ServerSettings,
) -> list[str]:
    """Store the settings that differ, and return their names."""
    changed = [name for name in settings if getattr(before, name) != getattr(chosen, name)]
    for name in changed:
        value = getattr(chosen, name)
        if value == settings[name].default:
            writing.execute(_DROP, {**whose, "name": name})
        else:
            writing.execute(_KEEP, {**whose, "name": name, "value": settings[name].kind.write(value)})
    return changed
