"""What readers and servers have chosen; who has chosen nothing has no row."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, cast

from bot.domain.reactions import Emoji
from bot.domain.settings import ReaderSettings, ServerSettings
from bot.store.chapters import LENGTHS
from bot.store.database import Database


class StoredSettings:
    """A row a reader, and a row a server."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of_reader(self, reader: int) -> ReaderSettings:
        row = await self._db.row(
            "SELECT page_length, private, adult, veil, notices, reviews FROM reader_settings WHERE user_id = ?",
            (reader,),
        )
        if row is None:
            return ReaderSettings()
        length, private, adult, veil, notices, reviews = row
        return ReaderSettings(LENGTHS[int(length)], _maybe(private), bool(adult), bool(veil), notices, reviews)

    async def keep_reader(self, reader: int, chosen: ReaderSettings) -> None:
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO reader_settings (user_id, page_length, private, adult, veil, notices, reviews)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (user_id) DO UPDATE SET page_length = excluded.page_length, private = excluded.private,"
                " adult = excluded.adult, veil = excluded.veil, notices = excluded.notices, reviews = excluded.reviews",
                (
                    reader,
                    LENGTHS.index(chosen.page_length),
                    chosen.private,
                    chosen.adult,
                    chosen.veil,
                    chosen.notices,
                    chosen.reviews,
                ),
            )

    async def of_server(self, guild: int | None) -> ServerSettings:
        """What a server has chosen; the bot's own ways in a direct message (None)."""
        row = await self._db.row(
            "SELECT news_channel, adders, adders_role, private, reactions FROM server_settings WHERE guild_id = ?",
            (guild,),
        )
        if row is None:
            return ServerSettings()
        channel, adders, role, private, reactions = row
        offered = None if reactions is None else _emoji(str(reactions))
        return ServerSettings(channel, adders, role, _maybe(private), offered)

    async def keep_server(self, guild: int, chosen: ServerSettings) -> None:
        reactions = None if chosen.reactions is None else json.dumps([asdict(emoji) for emoji in chosen.reactions])
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO server_settings (guild_id, news_channel, adders, adders_role, private, reactions)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (guild_id) DO UPDATE SET news_channel = excluded.news_channel,"
                " adders = excluded.adders, adders_role = excluded.adders_role, private = excluded.private,"
                " reactions = excluded.reactions",
                (guild, chosen.news_channel, chosen.adders, chosen.adders_role, chosen.private, reactions),
            )


def _emoji(text: str) -> tuple[Emoji, ...]:
    kept = cast("list[dict[str, Any]]", json.loads(text))
    return tuple(Emoji(each["key"], each["name"], each["animated"], each["usable"]) for each in kept)


def _maybe(value: int | None) -> bool | None:
    return None if value is None else bool(value)
