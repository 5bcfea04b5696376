"""Backups of a PostgreSQL database by its own programs, and what is told where they cannot be made."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.host import Heartbeat
from bot.errors import HostError
from bot.operations.backup import back_up, backup, restore
from bot.operations.lock import one_bot
from bot.store import Store
from bot.store.engines.postgresql_backup import _address  # pyright: ignore[reportPrivateUsage]
from bot.store.look import look_at, read_notes
from tests.databases import connected, copied, database_at
from tests.postgresql import on_postgresql
from tests.votes import cast_vote, vote_of

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="it is about PostgreSQL: make test-postgres")

READER = 7_001


@pytest.fixture
def settings(tmp_path: Path, loaded: Path) -> Settings:
    """Those of a host whose database has stories in it."""
    return Settings(server=copied(loaded / "oneshot.db", tmp_path / "oneshot.db"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    """Those of a host with an empty database."""
    path = tmp_path / "empty.db"
    database_at(path)
    with connected(path) as db:
        db.execute("DROP SCHEMA public CASCADE")
        db.execute("CREATE SCHEMA public")
    return Settings(server=database_at(path))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "one.dump"


def files_beside(path: Path) -> dict[str, int]:
    """The names of the files in its folder, with who may do what to them."""
    return {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "utf-8")


async def test_a_backup_that_is_restored_has_everything(
    settings: Settings, elsewhere: Settings, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Store.open(settings.store) as store:
        story = await store.stories.find("A Spoon for the King")
        await cast_vote(store, story.id, READER, "continue", 1)
        await store.heartbeats.beat(Heartbeat("host", 41, "1.0.0", 1, 2))
        assert await backup(settings, copy) == 0
        assert "1 votes" in capsys.readouterr().out
    assert files_beside(copy) == {"one.dump": 0o600}
    with look_at(settings.store) as look:
        made, failed = read_notes(look)
    assert made is not None and (made.file, made.bytes, failed) == (str(copy), len(bytes_of(copy)), None)
    assert await restore(elsewhere, copy) == 0
    assert "1 votes" in capsys.readouterr().out
    async with Store.open(elsewhere.store) as store:
        assert await vote_of(store, story.id, READER) == "continue"
        assert (await store.stories.find("A Spoon for the King")).id == story.id
        assert await store.heartbeats.all() == []


async def test_a_database_that_is_not_empty_or_in_use_is_not_restored(settings: Settings, copy: Path) -> None:
    await backup(settings, copy)
    with pytest.raises(HostError, match="is not empty"):
        await restore(settings, copy)
    async with one_bot(settings):
        with pytest.raises(HostError, match="The bot runs"):
            await restore(settings, copy)


async def test_a_file_that_is_not_there_is_not_restored(elsewhere: Settings, copy: Path) -> None:
    with pytest.raises(HostError, match="There is no file"):
        await restore(elsewhere, copy)


async def test_what_is_no_backup_is_not_restored(elsewhere: Settings, copy: Path) -> None:
    write(copy, "once upon a time")
    with pytest.raises(HostError, match="pg_restore could not do it"):
        await restore(elsewhere, copy)


async def test_a_backup_that_cannot_be_made_leaves_the_one_before(
    settings: Settings, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await backup(settings, copy)
    before = bytes_of(copy)
    monkeypatch.setenv("PATH", str(copy.parent))
    with pytest.raises(HostError, match=r"pg_dump is not there.*apt install postgresql-client"):
        await backup(settings, copy)
    assert list(files_beside(copy)) == ["one.dump"] and bytes_of(copy) == before


async def test_a_backup_that_is_stopped_ends_its_program(
    settings: Settings, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "pg_dump"
    write(slow, "#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    with pytest.raises(HostError, match="it was stopped"):
        back_up(settings, copy, 1, lambda: True)
    assert list(copy.parent.iterdir()) == []


def test_a_password_is_no_argument_of_a_program() -> None:
    with _address(r"postgresql://oneshot:Open%3ASesame%5CNow@db.example/oneshot") as [argument]:
        assert "Open" not in argument and "Sesame" not in argument
        found = re.search(r"passfile=(\S+)", argument)
        assert found is not None and Path(found[1]).read_text("utf-8") == "*:*:*:*:Open\\:Sesame\\\\Now\n"
    assert not Path(found[1]).exists()
