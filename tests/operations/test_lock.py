"""One bot for one SQLite file."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import HostError
from bot.operations import lock
from bot.operations.lock import locked
from bot.store.engines.sqlite_migrations import STEPS
from tests.command_line import ROOT, run
from tests.standin.driver import readers
from tests.standin.process import bot, program, settings_of
from tests.standin.server import StandIn
from tests.standin.world import Description


@pytest.fixture
def folder(tmp_path: Path, loaded: Path) -> Path:
    """Where the bot runs, with a database into which its stories were loaded."""
    return shutil.copytree(loaded, tmp_path / "bot")


HOLDER = """
import asyncio, sys
from pathlib import Path
from bot.operations.lock import locked

async def main():
    async with locked(Path(sys.argv[1]), "held"):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=2)) as standin:
        yield standin


async def test_a_second_bot_waits_until_the_first_has_stopped(tmp_path: Path) -> None:
    database = tmp_path / "new" / "one.db"
    first = locked(database, "{database} is held")
    await first.__aenter__()

    async def second() -> None:
        async with locked(database, "held", seconds=lock.WAIT_SECONDS):
            pass

    waiting = asyncio.create_task(second())
    with pytest.raises(HostError, match=r"one\.db is held"):
        async with locked(database, "{database} is held"):
            pass
    assert not waiting.done()
    await first.__aexit__(None, None, None)
    await waiting


async def test_the_lock_of_a_bot_that_is_killed_is_free(tmp_path: Path) -> None:
    database = tmp_path / "one.db"
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(database), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None and await holder.stdout.readline() == b"held\n"
    with pytest.raises(HostError, match="held"):
        async with locked(database, "held"):
            pass
    holder.kill()
    await holder.wait()
    async with locked(database, "held"):
        pass


@pytest.mark.sqlite("it is about a file; tests/store/test_postgresql.py has the same for a server")
async def test_beside_a_running_bot_restore_is_refused_and_no_other_command(
    discord: StandIn,
    folder: Path,
) -> None:
    settings = settings_of(discord)
    async with bot(discord, folder):
        for arguments in (("load",), ("backup", "copy.db"), ("check", "stories"), ("claims",)):
            done = await asyncio.to_thread(run, folder, *arguments, **settings)
            assert done.returncode == 0, done.stderr
        refused = await asyncio.to_thread(run, folder, "restore", "copy.db", **settings)
        assert refused.returncode == 2 and "Stop it, then restore" in refused.stderr


@pytest.mark.sqlite("it is about a file; tests/store/test_postgresql.py has the same for a server")
async def test_beside_a_running_bot_another_is_refused(discord: StandIn, folder: Path) -> None:
    settings = settings_of(discord)
    async with bot(discord, folder):
        (folder / "second").mkdir()
        async with program(
            discord.url,
            folder / "second",
            ["tests.standin.launch"],
            {
                **settings,
                "DATABASE": str(folder / "oneshot.db"),
                "STORIES_DIR": str(folder / "stories"),
                "STANDIN_LOCK_SECONDS": "1",
            },
        ) as second:
            assert await second.status() == 2
            assert "Another bot runs on DATABASE" in second.log and "Traceback" not in second.log
    assert discord.gateway.identified == 1


@pytest.mark.sqlite("it is about a file; PostgreSQL's steps have a lock of their own")
async def test_the_bot_and_load_may_make_the_same_new_database_at_once(discord: StandIn, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "stories")
    settings = settings_of(discord)
    loading = asyncio.create_task(asyncio.to_thread(run, tmp_path, "load", **settings))
    async with bot(discord, tmp_path) as process:
        done = await loading
        assert done.returncode == 0, done.stderr
        assert (await readers(discord)[0].command("read", story="Ferry")).shown.text
    assert "Traceback" not in process.log + done.stderr
    with closing(sqlite3.connect(tmp_path / "oneshot.db")) as db:
        assert db.execute("SELECT count(*) FROM migrations").fetchone() == (len(STEPS),)
