"""The backups that the bot makes by itself."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Settings
from bot.operations.rotation import LOOK_SECONDS, RETRY_SECONDS, Rotation
from bot.store import Store
from bot.store.engines.sqlite_backup import contents
from bot.store.look import look_at, read_notes
from tests.clock import Clock
from tests.databases import copied
from tests.postgresql import on_postgresql

NOW = 1_800_000_000


AWAY = "postgresql://nobody@127.0.0.1:1/none"
ENDING = "dump" if on_postgresql() else "db"


@pytest.fixture
def settings(tmp_path: Path, loaded: Path) -> Settings:
    kept = Settings(backups=tmp_path / "backups", backup_hours=6, backups_kept=2)
    if on_postgresql():
        return replace(kept, server=copied(loaded / "oneshot.db", tmp_path / "oneshot.db"))
    return replace(kept, database=Path(shutil.copy(loaded / "oneshot.db", tmp_path)))


@pytest.fixture
async def store(settings: Settings, clock: Clock) -> AsyncIterator[Store]:
    async with Store.open(settings.store, clock) as opened:
        yield opened


@pytest.fixture
def rotation(store: Store, settings: Settings) -> Rotation:
    assert settings.backups is not None
    return Rotation(store, settings, settings.backups)


def copies(settings: Settings) -> list[str]:
    assert settings.backups is not None
    return sorted(path.name for path in settings.backups.iterdir())


def test_in_two_days_as_many_are_made_as_are_due_and_the_last_are_kept(
    settings: Settings, rotation: Rotation, clock: Clock
) -> None:
    begun, made = float(NOW), set[str]()
    assert settings.backups is not None
    settings.backups.mkdir()
    (settings.backups / f"mine.{ENDING}").write_text("not the bot's")
    for minutes in range(0, 48 * 60, 10):
        clock.at = begun + minutes * 60
        rotation.back_up_if_due()
        made |= {name for name in copies(settings) if name != f"mine.{ENDING}"}
    assert len(made) == 8
    assert copies(settings) == [f"mine.{ENDING}", *sorted(made)[-2:]]
    if not on_postgresql():
        assert contents(settings.backups / copies(settings)[-1]).tables["stories"]


def test_a_backup_that_fails_is_remembered_and_tried_again_after_an_hour(
    settings: Settings, rotation: Rotation, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    assert settings.backups is not None
    clock.at = float(NOW)
    settings.backups.write_text("in the way")
    rotation.back_up_if_due()
    [line] = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "No backup was made" in line.getMessage()
    with look_at(settings.store) as look:
        made, failed = read_notes(look)
    assert made is None and failed is not None and failed.at == NOW
    assert rotation.next_due() == NOW + RETRY_SECONDS
    settings.backups.unlink()
    clock.at = NOW + RETRY_SECONDS + 1.0
    rotation.back_up_if_due()
    assert len(copies(settings)) == 1
    with look_at(settings.store) as look:
        assert read_notes(look)[1] is None


@pytest.mark.skipif(not on_postgresql(), reason="only there several processes share a database")
async def test_of_several_processes_one_makes_the_backup(
    settings: Settings, store: Store, rotation: Rotation, clock: Clock
) -> None:
    clock.at = float(NOW)
    async with store.only("backup"):
        assert await rotation._look() == LOOK_SECONDS  # pyright: ignore[reportPrivateUsage]
    assert settings.backups is not None and not settings.backups.exists()
    assert await rotation._look() == 0  # pyright: ignore[reportPrivateUsage]
    assert len(copies(settings)) == 1
    assert await rotation._look() == settings.backup_hours * 60 * 60  # pyright: ignore[reportPrivateUsage]


async def test_a_database_that_is_away_is_tried_again(
    settings: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    assert settings.backups is not None
    away = replace(settings, database=settings.backups / "gone.db", server=(on_postgresql() and AWAY) or None)
    rotation = Rotation(store, away, settings.backups)
    assert await rotation._look() == RETRY_SECONDS  # pyright: ignore[reportPrivateUsage]
    assert "No backup was made: DATABASE" in caplog.text
