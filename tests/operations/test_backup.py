"""Backups: a whole database in one file, made while the bot writes; and the way back."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.host import Heartbeat
from bot.errors import HostError
from bot.operations.backup import backup, restore
from bot.store import Store
from bot.store.engines.sqlite_backup import contents, copy_database
from bot.store.engines.sqlite_look import looking
from bot.store.engines.sqlite_migrations import STEPS
from bot.store.look import BackupFailure, look_at, read_notes, write_note
from tests.databases import modes_in
from tests.postgresql import on_postgresql
from tests.votes import cast_vote

pytestmark = pytest.mark.skipif(on_postgresql(), reason="a server's database has backups of its own")

READER = 7


@pytest.fixture
def settings(tmp_path: Path, loaded: Path) -> Settings:
    """Those of a host whose database has stories in it."""
    (tmp_path / "data").mkdir()
    return Settings(database=Path(shutil.copy(loaded / "oneshot.db", tmp_path / "data")))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "copy.db"


async def vote(settings: Settings, reader: int = READER) -> None:
    async with Store.open(settings.database) as store:
        story = await store.stories.find("A Spoon for the King")
        await cast_vote(store, story.id, reader, "continue", 1)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:16384] = b"\xff" * 8192
    path.write_bytes(data)


async def test_a_backup_that_is_restored_has_everything(
    settings: Settings, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await vote(settings)
    before = dump(settings.database)
    assert await backup(settings, copy) == 0
    assert "1 votes" in capsys.readouterr().out
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    await vote(settings, READER + 1)
    newer = dump(settings.database)
    assert await restore(settings, copy) == 0
    assert dump(settings.database) == before
    [moved] = settings.database.parent.glob("oneshot.db.replaced-*")
    assert dump(moved) == newer
    assert str(moved) in capsys.readouterr().out
    async with Store.open(settings.database) as store:
        assert (await store.stories.find("A Spoon for the King")).id


async def test_no_process_of_the_time_of_the_copy_is_taken_for_one_that_runs(settings: Settings, copy: Path) -> None:
    async with Store.open(settings.database) as store:
        await store.heartbeats.beat(Heartbeat("host", 41, "1.0.0", 1, 2))
        await backup(settings, copy)
    await restore(settings, copy)
    async with Store.open(settings.database) as store:
        assert await store.heartbeats.all() == []


async def test_what_is_only_in_the_wal_is_in_the_backup_and_does_not_come_back_after_a_restore(
    settings: Settings, copy: Path
) -> None:
    async with Store.open(settings.database) as store:
        await store.bot_state.write("colour", "green")
        await backup(settings, copy)
        await store.bot_state.write("colour", "red")
        crashed = settings.database.with_name("crashed.db")
        for ending in ("", "-wal", "-shm"):  # as a power cut leaves them
            shutil.copy(f"{settings.database}{ending}", f"{crashed}{ending}")
    await restore(Settings(database=crashed), copy)
    async with Store.open(crashed) as store:
        assert await store.bot_state.read("colour") == "green"


async def test_a_copy_is_of_one_moment_however_much_is_written_meanwhile(
    settings: Settings, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engines.sqlite_backup.SLICE_PAGES", 5)
    async with Store.open(settings.database) as store:
        await store.bot_state.write("written", "0")
        loop, written = asyncio.get_running_loop(), 0

        def write_one_more() -> bool:
            nonlocal written
            written += 1
            asyncio.run_coroutine_threadsafe(store.bot_state.write("written", str(written)), loop).result()
            return False

        await asyncio.to_thread(copy_database, settings.database, copy, write_one_more, 0)
    assert written > 10
    with looking(copy) as db:
        assert db.execute("SELECT value FROM bot_state WHERE name = 'written'").fetchone()[0] == "0"


async def test_a_backup_that_fails_leaves_the_one_before(settings: Settings, copy: Path) -> None:
    await backup(settings, copy)
    before = bytes_of(copy)
    with pytest.raises(HostError, match="it was stopped"):
        copy_database(settings.database, copy, lambda: True)
    damage(settings.database)
    with pytest.raises(HostError):
        await backup(settings, copy)
    assert bytes_of(copy) == before
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]


async def test_without_room_nothing_is_written(settings: Settings, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("bot.store.disk_space.shutil.disk_usage", lambda _: usage(10, 10, 0))
    with pytest.raises(HostError, match=r"There is no room in .*backups"):
        await backup(settings, copy)
    assert list(copy.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
async def test_only_its_owner_reads_a_backup(settings: Settings, copy: Path) -> None:
    await backup(settings, copy)
    assert modes_in(copy.parent) == {"copy.db": 0o600}


async def test_no_database_is_said_and_made_by_nobody(tmp_path: Path, copy: Path) -> None:
    with pytest.raises(HostError, match=r"nowhere\.db is not there"):
        await backup(Settings(database=tmp_path / "nowhere.db"), copy)
    assert not (tmp_path / "nowhere.db").exists()


def a_damaged(copy: Path) -> None:
    damage(copy)


def one_of_another_program(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as db:
        db.execute("CREATE TABLE stories (whatever TEXT)")


def one_that_is_no_database(copy: Path) -> None:
    copy.write_bytes(b"Once upon a time there was a fox.\n" * 100)


def one_of_a_later_version(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("INSERT INTO migrations VALUES (?, '999-later.sql', '', 0, '99.0.0', 1)", (len(STEPS) + 1,))


def one_with_another_digest(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE migrations SET digest = 'x' WHERE number = 3")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (a_damaged, "damaged"),
        (one_of_another_program, "no database of Oneshot"),
        (one_that_is_no_database, "not a database"),
        (one_of_a_later_version, "later version"),
        (one_with_another_digest, "another version"),
        (Path.unlink, "is not there"),
    ],
)
async def test_a_copy_that_is_not_whole_and_ours_is_refused_and_nothing_is_moved(
    settings: Settings, copy: Path, spoil: object, why: str
) -> None:
    await backup(settings, copy)
    assert callable(spoil)
    spoil(copy)
    before = settings.database.read_bytes()
    with pytest.raises(HostError, match=why):
        await restore(settings, copy)
    assert settings.database.read_bytes() == before
    assert not list(settings.database.parent.glob("*re*"))


async def test_the_database_itself_is_no_copy_to_restore(settings: Settings) -> None:
    with pytest.raises(HostError, match="the database itself"):
        await restore(settings, settings.database)
    assert settings.database.exists()


async def test_a_damaged_database_is_moved_away_and_kept(settings: Settings, copy: Path) -> None:
    await backup(settings, copy)
    damage(settings.database)
    damaged = settings.database.read_bytes()
    await restore(settings, copy)
    [moved] = settings.database.parent.glob("oneshot.db.replaced-*")
    assert moved.read_bytes() == damaged
    assert contents(settings.database) == contents(copy)


async def test_a_copy_is_restored_where_no_database_is(settings: Settings, copy: Path, tmp_path: Path) -> None:
    await backup(settings, copy)
    elsewhere = Settings(database=tmp_path / "another" / "machine.db")
    await restore(elsewhere, copy)
    assert dump(elsewhere.database) == dump(copy)


async def test_the_last_backup_and_the_failure_since_are_remembered(settings: Settings, copy: Path) -> None:
    await backup(settings, copy)
    write_note(settings.database, BackupFailure(5, "no room"))
    with look_at(settings.database) as look:
        made, failed = read_notes(look)
    assert made is not None and made.file == str(copy) and made.bytes == len(bytes_of(copy))
    assert failed == BackupFailure(5, "no room")
    await backup(settings, copy)
    with look_at(settings.database) as look:
        assert read_notes(look)[1] is None
