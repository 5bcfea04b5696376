"""What readers and servers have chosen; one who has chosen nothing has no row.

A change reads and writes in one transaction, so that of two at the same moment neither undoes the other.
"""

import json
from collections.abc import Callable
from dataclasses import asdict

from bot.domain.reactions import Emoji
from bot.domain.settings import ReaderSettings, ServerSettings
from bot.store.chapters import LENGTHS
from bot.store.database import Family, Row, Writing, transaction

_READER = "SELECT page_length, private, adult, veil, notices, reviews FROM reader_settings WHERE user_id = :reader"
_KEEP_READER = (
    "INSERT INTO reader_settings (user_id, page_length, private, adult, veil, notices, reviews)"
    " VALUES (:reader, :page_length, :private, :adult, :veil, :notices, :reviews)"
    " ON CONFLICT (user_id) DO UPDATE SET page_length = excluded.page_length, private = excluded.private,"
    " adult = excluded.adult, veil = excluded.veil, notices = excluded.notices, reviews = excluded.reviews"
)
_SERVER = "SELECT news_channel, adders, adders_role, private, reactions FROM server_settings WHERE guild_id = :guild"
_KEEP_SERVER = (
    "INSERT INTO server_settings (guild_id, news_channel, adders, adders_role, private, reactions)"
    " VALUES (:guild, :news_channel, :adders, :adders_role, :private, :reactions)"
    " ON CONFLICT (guild_id) DO UPDATE SET news_channel = excluded.news_channel, adders = excluded.adders,"
    " adders_role = excluded.adders_role, private = excluded.private, reactions = excluded.reactions"
)


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
        rows = writing.rows(_READER, {"reader": reader})
        chosen = change(_reader_settings(rows[0] if rows else None))
        values = asdict(chosen) | {"reader": reader, "page_length": LENGTHS.index(chosen.page_length)}
        writing.execute(_KEEP_READER, values)
        return chosen

    async def of_server(self, guild: int | None) -> ServerSettings:
        """Return what a server has chosen; in a direct message (None), the defaults."""
        return _server_settings(await self._db.row(_SERVER, {"guild": guild}))

    @transaction
    def change_server(
        self, writing: Writing, guild: int, change: Callable[[ServerSettings], ServerSettings]
    ) -> ServerSettings:
        """Keep what *change* makes of a server's settings as they are now, and return that."""
        rows = writing.rows(_SERVER, {"guild": guild})
        chosen = change(_server_settings(rows[0] if rows else None))
        values = asdict(chosen)
        reactions = None if chosen.reactions is None else json.dumps(values["reactions"])
        writing.execute(_KEEP_SERVER, values | {"guild": guild, "reactions": reactions})
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
    )


def _server_settings(row: Row | None) -> ServerSettings:
    if row is None:
        return ServerSettings()
    reactions = row["reactions"]
    return ServerSettings(
        news_channel=row["news_channel"],
        adders=row["adders"],
        adders_role=row["adders_role"],
        private=_maybe(row["private"]),
        reactions=None if reactions is None else tuple(Emoji(**emoji) for emoji in json.loads(reactions)),
    )


def _maybe(value: int | None) -> bool | None:
    return None if value is None else bool(value)
