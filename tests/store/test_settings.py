"""What readers and servers have chosen is kept as rows, one for each setting that is not at its default."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.reactions import Emoji
from bot.domain.settings import ReaderSettings, ServerSettings
from bot.store import Store
from bot.store.look import channels_used, look_at
from tests.databases import connected, database_at

READER, GUILD = 7, 8
SERVERS = ServerSettings(
    news_channel=2**62, private=False, reactions=(Emoji("🔥"), Emoji("5", "cat", True, True)), adders="managers",
    approval=True, stories_a_day=2, links="asked",
)  # fmt: skip
READERS = ReaderSettings("desktop", True, False, "server", True, "pl", ("rain", "all"), "digest", 1_700_000_000)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "settings.db"


def stored(where: Path) -> list[tuple[int, int, str, str]]:
    with connected(where) as db:
        return sorted(db.execute("SELECT user_id, guild_id, name, value FROM settings").fetchall())


async def test_what_was_chosen_is_there_after_a_restart(where: Path) -> None:
    async with Store.open(database_at(where)) as store:
        await store.settings.change_reader(READER, lambda _: READERS)
        await store.settings.change_server(GUILD, lambda _: SERVERS)
    async with Store.open(database_at(where)) as store:
        assert await store.settings.of_reader(READER) == READERS
        assert await store.settings.of_server(GUILD) == SERVERS
        assert await store.settings.of_reader(GUILD) == ReaderSettings()
        assert await store.settings.of_server(READER) == await store.settings.of_server(None) == ServerSettings()


async def test_a_setting_at_its_default_has_no_row(where: Path) -> None:
    async with Store.open(database_at(where)) as store:
        await store.settings.change_reader(READER, lambda chosen: replace(chosen, veil=False, page_length="desktop"))
        assert len(stored(where)) == 2
        await store.settings.change_reader(READER, lambda chosen: replace(chosen, veil=True))
        assert [tuple(row) for row in stored(where)] == [(READER, 0, "page_length", "desktop")]


async def test_a_server_that_chose_what_counts_anyhow_has_chosen(where: Path) -> None:
    async with Store.open(database_at(where)) as store:
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, adders="managers"))
        assert (await store.settings.of_server(GUILD)).adders == "managers"


async def test_a_setting_that_only_another_release_knows_stays_and_does_no_harm(where: Path) -> None:
    async with Store.open(database_at(where)) as store:
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, approval=True))
        await store._db.execute("UPDATE settings SET value = 'twice'")
        await store._db.execute("INSERT INTO settings VALUES (0, 8, 'of_tomorrow', 'yes')")
        assert await store.settings.of_server(GUILD) == ServerSettings()
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, links="asked"))
        assert "of_tomorrow" in {row[2] for row in stored(where)}


async def test_only_what_was_changed_is_logged(where: Path) -> None:
    async with Store.open(database_at(where)) as store:
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, links="asked", approval=True), 1)
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, links="asked", approval=False), 1)
        acts = await store.audit.page(GUILD, "settings", 9, 0)
        assert [act.detail for act in acts] == ["approval", "links", "approval"]


async def test_the_channels_that_a_server_chose_are_found_by_a_look_beside_the_bot(where: Path) -> None:
    async with Store.open(database_at(where)) as store:
        await store.settings.change_server(GUILD, lambda _: ServerSettings(news_channel=2**62, reports_channel=5))
        await store.settings.change_server(9, lambda _: ServerSettings(managers_channel=6))
        with look_at(database_at(where)) as look:
            assert channels_used(look, GUILD) == [(5, "Reports", False), (2**62, "Updates", False)]


async def test_of_changes_that_two_processes_make_at_once_none_is_lost(where: Path) -> None:
    def one_more(chosen: ServerSettings) -> ServerSettings:
        return replace(chosen, stories_a_day=chosen.stories_a_day + 1)

    async with Store.open(database_at(where)) as one, Store.open(database_at(where)) as other:
        stores = [one, other] * 10
        await asyncio.gather(*(store.settings.change_server(GUILD, one_more, 1) for store in stores))
        assert (await one.settings.of_server(GUILD)).stories_a_day == 25
