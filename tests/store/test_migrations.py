"""Migrations, and files that are no database of ours."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import aiosqlite
import pytest

from bot.errors import HostError
from bot.store import Store
from bot.store.migrations import STEPS, migrate

ONE = "CREATE TABLE books (title TEXT NOT NULL)"
TWO = "ALTER TABLE books ADD COLUMN author TEXT; UPDATE books SET author = 'nobody'"
BROKEN = "CREATE TABLE shelves (name TEXT); INSERT INTO books VALUES ('half', 'done'); SELECT * FROM nowhere"


def dump(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_a_fresh_file_reaches_the_last_step_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fresh" / "one.db"
    async with Store.open(path):
        pass
    before = dump(path)
    assert sum('INSERT INTO "migrations"' in line for line in before) == len(STEPS)
    async with Store.open(path):
        pass
    assert dump(path) == before


async def test_rows_of_an_earlier_step_are_still_there_after_the_next(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "a.db", isolation_level=None) as db:
        await migrate(db, [ONE])
        await db.execute("INSERT INTO books VALUES ('Banks')")
        await migrate(db, [ONE, TWO])
        assert [tuple(row) for row in await db.execute_fetchall("SELECT * FROM books")] == [("Banks", "nobody")]


async def test_a_broken_step_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    async with aiosqlite.connect(path, isolation_level=None) as db:
        await migrate(db, [ONE, TWO])
        await db.execute("INSERT INTO books VALUES ('Banks', 'Reed')")
        before = dump(path)
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            await migrate(db, [ONE, TWO, BROKEN])
        assert not db.in_transaction
        assert dump(path) == before
        await migrate(db, [ONE, TWO, "CREATE TABLE shelves (name TEXT)"])
        [(last,)] = await db.execute_fetchall("SELECT max(number) FROM migrations")
        assert last == 3


async def test_the_steps_before_a_broken_one_stay(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "a.db", isolation_level=None) as db:
        with pytest.raises(sqlite3.OperationalError):
            await migrate(db, [ONE, TWO, BROKEN])
        [(last,)] = await db.execute_fetchall("SELECT max(number) FROM migrations")
        assert last == 2


async def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    async with Store.open(path):
        pass
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO migrations VALUES (?, 0)", (len(STEPS) + 1,))
    db.close()
    before = dump(path)
    with pytest.raises(HostError, match="later version") as refusal:
        async with Store.open(path):
            pass
    assert "later.db" in str(refusal.value)
    assert dump(path) == before


@pytest.mark.parametrize(
    "data", [b"Once upon a time there was a fox.\n" * 100, b"\x89PNG\r\n\x1a\n" + bytes(5000), b"short"]
)
async def test_a_file_that_is_no_database_is_refused_and_left_byte_for_byte(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(data)
    with pytest.raises(HostError, match=r"story\.txt"):
        async with Store.open(path):
            pass
    assert path.read_bytes() == data
    assert names_in(tmp_path) == ["story.txt"]


async def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE stories (whatever TEXT)")
        db.execute("INSERT INTO stories VALUES ('theirs')")
    db.close()
    before = dump(path)
    with pytest.raises(HostError, match=r"other\.db"):
        async with Store.open(path):
            pass
    assert [line for line in dump(path) if "migrations" not in line] == before


@pytest.mark.parametrize("place", ["a/folder", "file/below.db"])
async def test_a_path_that_can_be_no_file_is_refused_by_name(tmp_path: Path, place: str) -> None:
    (tmp_path / "a" / "folder").mkdir(parents=True)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HostError, match=Path(place).name):
        async with Store.open(tmp_path / place):
            pass


async def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with pytest.raises(HostError):
        async with Store.open(tmp_path):
            pass
    assert not [thread for thread in set(threading.enumerate()) - before if not thread.name.startswith("asyncio")]


async def test_a_fault_while_the_store_is_open_is_not_taken_for_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="ours"):
        async with Store.open(tmp_path / "a.db"):
            raise sqlite3.DatabaseError("ours")


async def test_an_sqlite_that_is_too_old_stops_the_start_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 39, 4))
    with pytest.raises(HostError, match=r"3\.40"):
        async with Store.open(tmp_path / "a.db"):
            pass
