"""What readers and servers have chosen; one who has chosen nothing has no row.

A change reads and writes in one transaction, so that of two at the same moment neither undoes the other.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields

from bot.domain.reactions import Emoji
from bot.domain.settings import ReaderSettings, ServerSettings
from bot.store.audit import record
from bot.store.chapters import LENGTHS
from bot.store.database import Family, Row, Writing, transaction
from bot.store.engines import alone

_READER_COLUMNS = tuple(each.name for each in fields(ReaderSettings))
_READER = f"SELECT {', '.join(_READER_COLUMNS)} FROM reader_settings WHERE user_id = :reader"
_KEEP_READER = (
    f"INSERT INTO reader_settings (user_id, {', '.join(_READER_COLUMNS)})"
    f" VALUES (:reader, {', '.join(f':{name}' for name in _READER_COLUMNS)}) ON CONFLICT (user_id) DO UPDATE"
    f" SET {', '.join(f'{name} = excluded.{name}' for name in _READER_COLUMNS)}"
)
_SERVER_COLUMNS = tuple(each.name for each in fields(ServerSettings))
"""The columns of a server's settings; they are called as what they hold."""

_SERVER = f"SELECT {', '.join(_SERVER_COLUMNS)} FROM server_settings WHERE guild_id = :guild"
_KEEP_SERVER = (
    f"INSERT INTO server_settings (guild_id, {', '.join(_SERVER_COLUMNS)})"
    f" VALUES (:guild, {', '.join(f':{name}' for name in _SERVER_COLUMNS)}) ON CONFLICT (guild_id) DO UPDATE"
    f" SET {', '.join(f'{name} = excluded.{name}' for name in _SERVER_COLUMNS)}"
)


def server_settings(writing: Writing, guild: int) -> ServerSettings:
    """Return what a server has chosen, as a transaction sees it."""
    return _server_settings(writing.row(_SERVER, {"guild": guild}))


class StoredSettings(Family):
    """One row for each reader, and one for each server."""

    async def of_reader(self, reader: int) -> ReaderSettings:
        """Return what a reader has chosen."""
        return _reader_settings(await self._db.row(_READER, {"reader": reader}))

    @transaction
    def change_reader(
        self, writing: Writing, reader: int, change: Callable[[ReaderSettings], ReaderSettings]
    ) -> ReaderSettings:
        """Keep what *change* makes of a reader's settings as they are now, and return that."""
        writing.take(alone("reader", reader))
        rows = writing.rows(_READER, {"reader": reader})
        chosen = change(_reader_settings(rows[0] if rows else None))
        values = asdict(chosen) | {"reader": reader, "page_length": LENGTHS.index(chosen.page_length)}
        values["warnings"] = json.dumps(chosen.warnings)
        writing.execute(_KEEP_READER, values)
        return chosen

    async def of_server(self, guild: int | None) -> ServerSettings:
        """Return what a server has chosen; in a direct message (None), the defaults."""
        return _server_settings(await self._db.row(_SERVER, {"guild": guild}))

    @transaction
    def change_server(
        self,
        writing: Writing,
        guild: int,
        change: Callable[[ServerSettings], ServerSettings],
        user: int | None = None,
    ) -> ServerSettings:
        """Keep what *change* makes of a server's settings as they are now, and return that; log that *user* did."""
        writing.take_everything()
        before = server_settings(writing, guild)
        chosen = change(before)
        values = asdict(chosen)
        for name in ("private", "approval", "steps_hidden"):
            values[name] = None if values[name] is None else int(values[name])
        values["reactions"] = None if chosen.reactions is None else json.dumps(values["reactions"])
        writing.execute(_KEEP_SERVER, values | {"guild": guild})
        for name in _SERVER_COLUMNS:
            if user is not None and getattr(before, name) != getattr(chosen, name):
                record(writing, guild, user, "set", detail=name, now=self._db.now())
        return chosen


def _reader_settings(row: Row | None) -> ReaderSettings:
    if row is None:
        return ReaderSettings()
    return ReaderSettings(
        page_length=LENGTHS[int(row["page_length"])],
        private=_maybe(row["private"]),
        adult=bool(row["adult"]),
        veil=bool(row["veil"]),
        notices=row["notices"],
        reviews=row["reviews"],
        language=row["language"],
        warnings=tuple(json.loads(row["warnings"])),
    )


def _server_settings(row: Row | None) -> ServerSettings:
    if row is None:
        return ServerSettings()
    values = {name: row[name] for name in _SERVER_COLUMNS}
    values["private"] = _maybe(row["private"])
    values |= {name: bool(row[name]) for name in ("approval", "steps_hidden")}
    if row["reactions"] is not None:
        values["reactions"] = tuple(Emoji(**emoji) for emoji in json.loads(row["reactions"]))
    return ServerSettings(**values)


def _maybe(value: int | None) -> bool | None:
    return None if value is None else bool(value)
