"""An upgrade while processes of the version before go on: what each may do, and who is refused."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from bot.config import Settings
from bot.domain.host import STALE_SECONDS, Heartbeat
from bot.errors import HostError
from bot.operations.migrate import migrate
from bot.store import Store
from bot.store.migrations import FOLDER, Step, read_steps
from tests.databases import database_at
from tests.postgresql import on_postgresql

THIS = read_steps(FOLDER, "postgresql")
STARS = Step(
    len(THIS) + 1,
    "900-stars.sql",
    "ALTER TABLE places ADD COLUMN stars INTEGER NOT NULL DEFAULT 0; CREATE TABLE stars (story_id INTEGER PRIMARY KEY)",
    release="90.0.0",
)
MOONS = Step(len(THIS) + 2, "901-moons.sql", "CREATE TABLE moons (id INTEGER PRIMARY KEY)", release="91.0.0")
NO_STARS = Step(len(THIS) + 2, "901-no-stars.sql", "DROP TABLE stars", release="90.0.0", contracts=True)
NOW = 1_790_000_000

# A process of the last version: it beats, and for each line that it is sent it turns a page and votes.
LAST_VERSION = """
import asyncio, sys
from bot.domain.host import Heartbeat
from bot.store import Store
from tests.votes import cast_vote, default_of

async def main():
    async with Store.open(sys.argv[1], lambda: 1_790_000_000) as store:
        story = await store.stories.find("Lighthouse")
        first, last = await store.pages.ends(story.id)
        await store.heartbeats.beat(Heartbeat("old", 1, "1.0.0", 1_790_000_000, 1_790_000_000))
        print("ready", flush=True)
        reader = 0
        while await asyncio.to_thread(sys.stdin.readline):
            reader += 1
            for spot in (first, last):
                page = await store.places.turn(reader, spot, 5)
                assert page is not None
            await cast_vote(store, story.id, reader, "continue", 5)
            print((await default_of(store, story.id, 5)).voters, flush=True)

asyncio.run(main())
"""


@asynccontextmanager
async def last_version(address: str) -> AsyncIterator[Process]:
    """Run a process of the last version, which has started by then."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LAST_VERSION, address, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=Path.cwd()
    )
    try:
        assert await said(process) == "ready"
        yield process
    finally:
        _, errors = await process.communicate(b"")
        assert (process.returncode, errors) == (0, b"")


async def said(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def goes_on(process: Process) -> int:
    """Have the process turn a page and vote; return how many voted by then."""
    assert process.stdin is not None
    process.stdin.write(b"\n")
    return int(await said(process))


def upgrade(address: str, *steps: Step, contracting: bool = False) -> None:
    """Start a version that has *steps*, too."""
    from bot.store.engines.postgresql import bring_up_to_date

    bring_up_to_date(address, NOW, (*THIS, *steps), contracting=contracting)


@pytest.fixture
def address(store: Store, tmp_path: Path) -> str:
    return database_at(tmp_path / "oneshot.db")


pytestmark = pytest.mark.skipif(not on_postgresql(), reason="it is about PostgreSQL: make test-postgres")


async def test_the_last_version_goes_on_beside_the_new_one_and_starts_anew(address: str) -> None:
    async with last_version(address) as process:
        assert await goes_on(process) == 1
        upgrade(address, STARS)
        assert await goes_on(process) == 2
        async with last_version(address) as another:
            assert [await goes_on(another), await goes_on(process), await goes_on(process)] == [2, 3, 4]


async def test_one_that_is_older_by_two_is_refused_and_stops_the_new_one(address: str) -> None:
    async with last_version(address) as process:
        upgrade(address, STARS)
        with pytest.raises(HostError, match=r"Process 1 on old is of release 1\.0\.0"):
            upgrade(address, STARS, MOONS)
        assert await goes_on(process) == 1
    with connected_to(address) as db:
        db.execute("DELETE FROM heartbeats")
    upgrade(address, STARS, MOONS)
    with pytest.raises(HostError, match="written by a later version"):
        async with Store.open(address):
            pass


async def test_what_contracts_waits_for_the_command_and_for_the_last_old_process(address: str, store: Store) -> None:
    upgrade(address, STARS, NO_STARS)
    assert "stars" in tables(address)
    await store.heartbeats.beat(Heartbeat("old", 1, "1.0.0", NOW, NOW))
    with pytest.raises(HostError, match="Process 1 on old"):
        upgrade(address, STARS, NO_STARS, contracting=True)
    assert "stars" in tables(address)
    await store.heartbeats.beat(Heartbeat("old", 1, "1.0.0", NOW, NOW - STALE_SECONDS))
    upgrade(address, STARS, NO_STARS, contracting=True)
    assert "stars" not in tables(address)
    with pytest.raises(HostError, match="written by a later version"):
        async with Store.open(address):
            pass


async def test_what_follows_a_step_that_contracts_waits_for_it(address: str) -> None:
    moons = Step(len(THIS) + 3, "902-moons.sql", MOONS.sql, release="91.0.0")
    with pytest.raises(HostError, match=r"first needs the step 901-no-stars\.sql"):
        upgrade(address, STARS, NO_STARS, moons)
    upgrade(address, STARS, NO_STARS, moons, contracting=True)
    assert "moons" in tables(address)


async def test_a_step_that_somebody_holds_up_is_given_up_and_changes_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engines.postgresql_migrations.LOCK_SECONDS", 0.05)
    monkeypatch.setattr("bot.store.engines.postgresql_migrations.TRIES", 2)
    with connected_to(address) as db:
        db.execute("SELECT count(*) FROM places")
        with pytest.raises(HostError, match="somebody works on it all the time"):
            upgrade(address, STARS)
    assert "stars" not in tables(address)
    upgrade(address, STARS)
    assert "stars" in tables(address)


async def test_migrate_asks_for_a_backup_and_goes_on_with_one(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(server=address)
    assert await migrate(settings, is_backed_up=False) == 0
    assert "is up to date" in capsys.readouterr().out
    upgrade(address, STARS)
    steps = (*THIS, STARS, NO_STARS)
    monkeypatch.setattr("bot.store.engines.postgresql_migrations.STEPS", steps)
    monkeypatch.setattr("bot.store.engines.postgresql.bring_up_to_date.__defaults__", (steps,))
    with pytest.raises(HostError, match=r"901-no-stars.sql, which takes something away(.|\n)*pg_dump --format=custom"):
        await migrate(settings, is_backed_up=False)
    assert "stars" in tables(address)
    assert await migrate(settings, is_backed_up=True) == 0
    assert "901-no-stars.sql is done." in capsys.readouterr().out
    assert "stars" not in tables(address)


def connected_to(address: str) -> psycopg.Connection:
    return psycopg.connect(address)


def tables(address: str) -> set[str]:
    with connected_to(address) as db:
        return {row[0] for row in db.execute("SELECT table_name FROM information_schema.tables").fetchall()}
