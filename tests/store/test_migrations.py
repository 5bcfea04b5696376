"""Migrations, and files that are no database of ours."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import __version__
from bot.errors import HostError
from bot.store import Store, migrations
from bot.store.engines import sqlite_migrations
from bot.store.engines.sqlite_migrations import STEPS, migrate
from bot.store.migrations import Step, read_steps, version
from tests.databases import modes_in

pytestmark = pytest.mark.sqlite("it is about SQLite's files")

ONE = Step(1, "001-books.sql", "CREATE TABLE books (title TEXT NOT NULL)")
TWO = Step(
    2, "002-authors.sql", "ALTER TABLE books ADD COLUMN author TEXT; UPDATE books SET author = 'nobody; no one'; -- so;"
)
SHELVES = Step(3, "003-shelves.sql", "CREATE TABLE shelves (name TEXT)")
BROKEN = replace(SHELVES, sql=f"{SHELVES.sql}; INSERT INTO books VALUES ('half', 'done'); SELECT * FROM nowhere")


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


def test_steps_are_numbered_from_one_without_gap_or_twin() -> None:
    folder = Path(migrations.__file__).parent
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))
    assert [step.name for step in STEPS] == names_in_sql(folder)
    assert len({step.name[4:] for step in STEPS}) == len(STEPS)


def names_in_sql(folder: Path) -> list[str]:
    return [name for name in names_in(folder) if name.endswith(".sql") and name.count(".") == 1]


@pytest.mark.parametrize("names", [["001-a.sql", "003-b.sql"], ["001-a.sql", "001-b.sql"], ["1-a.sql"], ["002-a.sql"]])
def test_a_gap_a_twin_or_another_kind_of_name_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1")
    with pytest.raises(ValueError, match="the next step is named"):
        read_steps(tmp_path, "sqlite")


def test_what_one_engine_runs_belongs_to_a_step_and_to_its_digest(tmp_path: Path) -> None:
    for name, text in (("001-a.sql", "SELECT 1"), ("001-a.sqlite.sql", "SELECT 2"), ("001-a.postgresql.sql", "")):
        (tmp_path / name).write_text(text)
    [step], [other] = read_steps(tmp_path, "sqlite"), read_steps(tmp_path, "postgresql")
    assert (step.name, step.sql, step.own) == ("001-a.sql", "SELECT 1", "SELECT 2")
    assert other.own == "" and other.digest != step.digest
    (tmp_path / "002-b.sqlite.sql").write_text("SELECT 3")
    with pytest.raises(ValueError, match="no step that it belongs to"):
        read_steps(tmp_path, "sqlite")


def test_a_trigger_is_one_statement() -> None:
    trigger = "CREATE TRIGGER gone AFTER DELETE ON books BEGIN\n    DELETE FROM shelves; -- all;\nEND;"
    script = f"-- First; a comment.\n{ONE.sql};\n{trigger}\n"
    found = [each.strip() for each in sqlite_migrations._statements(script)]  # pyright: ignore[reportPrivateUsage]
    assert found == [f"-- First; a comment.\n{ONE.sql};", trigger]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        yield connection


def steps_of(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute("SELECT number, name, applied_at FROM migrations")]


def test_rows_of_an_earlier_step_are_still_there_after_the_next(db: sqlite3.Connection, path: Path) -> None:
    migrate(db, path, 7, [ONE])
    db.execute("INSERT INTO books VALUES ('Banks')")
    migrate(db, path, 8, [ONE, TWO])
    assert [tuple(row) for row in db.execute("SELECT * FROM books")] == [("Banks", "nobody; no one")]
    assert steps_of(db) == [(1, ONE.name, 7), (2, TWO.name, 8)]


def test_a_broken_step_leaves_all_as_it_was(db: sqlite3.Connection, path: Path) -> None:
    migrate(db, path, 0, [ONE, TWO])
    db.execute("INSERT INTO books VALUES ('Banks', 'Reed')")
    before = dump(path)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(db, path, 0, [ONE, TWO, BROKEN])
    assert not db.in_transaction
    assert dump(path) == before
    migrate(db, path, 0, [ONE, TWO, SHELVES])
    assert len(steps_of(db)) == 3


def test_the_steps_before_a_broken_one_do_not_stay_so_that_the_earlier_version_still_runs(
    db: sqlite3.Connection, path: Path
) -> None:
    migrate(db, path, 0, [ONE])
    before = dump(path)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, path, 0, [ONE, TWO, BROKEN])
    assert dump(path) == before
    migrate(db, path, 0, [ONE])


def test_a_file_with_tables_is_copied_before_it_is_changed(
    db: sqlite3.Connection, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    migrate(db, path, 0, [ONE])
    assert names_in(path.parent) == ["a.db", "a.db-shm", "a.db-wal"]  # a new file needs no copy
    db.execute("INSERT INTO books VALUES ('Banks')")
    before, copy = dump(path), path.with_name("a.db.before-001")
    migrate(db, path, 0, [ONE, TWO])
    assert dump(copy) == before
    assert names_in(path.parent) == ["a.db", "a.db-shm", "a.db-wal", copy.name]
    assert str(copy) in caplog.text and "from migration 1 to 2" in caplog.text
    caplog.clear()
    migrate(db, path, 0, [ONE, TWO])
    assert caplog.text == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize("made_open_by_an_earlier_version", [False, True])
async def test_only_its_owner_reads_the_database(tmp_path: Path, made_open_by_an_earlier_version: bool) -> None:
    path = tmp_path / "a.db"
    if made_open_by_an_earlier_version:
        path.touch()
        path.chmod(0o644)
    async with Store.open(path) as store:
        await store.mutes.add(1, "tag", ["fluff"])
        modes = modes_in(tmp_path)
    assert modes == {"a.db": 0o600, "a.db-wal": 0o600, "a.db-shm": 0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_its_owner_reads_a_copy_of_the_database(db: sqlite3.Connection, path: Path) -> None:
    migrate(db, path, 0, [ONE])
    migrate(db, path, 0, [ONE, TWO])
    assert stat.S_IMODE(path.with_name("a.db.before-001").stat().st_mode) == 0o600


def test_a_copy_that_cannot_be_made_leaves_all_as_it_was(db: sqlite3.Connection, path: Path) -> None:
    migrate(db, path, 0, [ONE])
    before = dump(path)
    path.with_name("a.db.before-001").mkdir()
    with pytest.raises(OSError, match="before-001"):
        migrate(db, path, 0, [ONE, TWO])
    assert dump(path) == before


@pytest.mark.parametrize(
    "other", [replace(ONE, name="001-shelves.sql"), replace(ONE, sql=f"{ONE.sql} "), replace(TWO, number=1)]
)
def test_a_file_with_a_step_of_another_name_or_text_is_refused_and_left_as_it_is(
    db: sqlite3.Connection, path: Path, other: Step
) -> None:
    migrate(db, path, 0, [ONE])
    before = dump(path)
    with pytest.raises(HostError, match=rf"a\.db was made by another version .*001-books\.sql.*{other.name}"):
        migrate(db, path, 0, [other, TWO])
    assert dump(path) == before
    assert names_in(path.parent) == ["a.db", "a.db-shm", "a.db-wal"]


def test_a_file_from_before_the_first_release_is_refused(db: sqlite3.Connection, path: Path) -> None:
    db.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, ran_at INTEGER NOT NULL)")
    with pytest.raises(HostError, match=r"a\.db was made before the first release"):
        migrate(db, path, 0, [ONE])


OPENER = """
import asyncio, sys
from pathlib import Path
from bot.store import Store

async def main() -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    async with Store.open(Path(sys.argv[1])):
        pass

asyncio.run(main())
"""


async def test_processes_that_make_the_same_new_file_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", OPENER, str(path), stdin=pipe, stdout=pipe, stderr=pipe, cwd=Path.cwd()
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0], said
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM migrations").fetchone() == (len(STEPS),)
    assert names_in(tmp_path) == ["new.db"]


@pytest.mark.parametrize("releases", [["90.0.0", "91.0.0"], ["90.0.0 contracts"]])
async def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path, releases: list[str]) -> None:
    path = tmp_path / "later.db"
    await made_later(path, releases)
    before = dump(path)
    with pytest.raises(HostError, match="later version") as refusal:
        async with Store.open(path):
            pass
    assert "later.db" in str(refusal.value)
    assert dump(path) == before


async def test_a_file_that_the_next_version_only_added_to_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    await made_later(path, ["90.0.0", "90.0.0"])
    before = dump(path)
    async with Store.open(path):
        pass
    assert dump(path) == before


async def made_later(path: Path, releases: list[str]) -> None:
    """Make a file that has had a step of each of *releases*, too."""
    async with Store.open(path):
        pass
    with closing(sqlite3.connect(path)) as db, db:
        for number, release in enumerate(releases, start=len(STEPS) + 1):
            db.execute(
                "INSERT INTO migrations VALUES (?, ?, '', 0, ?, ?)",
                (number, f"{number}-later.sql", release.partition(" ")[0], "contracts" in release),
            )


def test_a_step_says_its_release_and_whether_it_contracts(tmp_path: Path) -> None:
    (tmp_path / "001-a.sql").write_text("-- Books.\nSELECT 1")
    (tmp_path / "002-b.sql").write_text("-- expand 0.2.0\nSELECT 2")
    (tmp_path / "003-c.sql").write_text("-- contract 0.3.0\nSELECT 3")
    steps = read_steps(tmp_path, "sqlite")
    assert [(step.release, step.contracts) for step in steps] == [("1.0.0", False), ("0.2.0", False), ("0.3.0", True)]


TAKES_AWAY = re.compile(r"\b(?:DROP|RENAME)\b|\bSET NOT NULL\b|\bADD COLUMN\b(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT NULL\b")


def test_steps_are_of_this_release_or_earlier_ones_and_what_takes_away_says_so() -> None:
    releases = [version(step.release) for step in STEPS]
    assert releases == sorted(releases) and releases[-1] <= version(__version__)
    takes_away = [step.name for step in STEPS if TAKES_AWAY.search(re.sub("--.*", "", step.sql)) and not step.contracts]
    assert takes_away == []


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
    assert dump(path) == before


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
