"""The backups that the bot makes by itself."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from bot.config import Settings
from bot.operations.rotation import RETRY_SECONDS, Rotation
from bot.store.engines.sqlite_backup import contents
from bot.store.engines.sqlite_backup_notes import read_notes
from bot.store.look import look_at
from tests.clock import Clock
from tests.databases import on_postgresql

pytestmark = pytest.mark.skipif(on_postgresql(), reason="a server's database has backups of its own")

NOW = 1_800_000_000


@pytest.fixture
def settings(tmp_path: Path, loaded: Path) -> Settings:
    database = Path(shutil.copy(loaded / "oneshot.db", tmp_path))
    return Settings(database=database, backups=tmp_path / "backups", backup_hours=6, backups_kept=2)


@pytest.fixture
def rotation(settings: Settings, clock: Clock) -> Rotation:
    assert settings.backups is not None
    return Rotation(settings, settings.backups, clock)


def copies(settings: Settings) -> list[str]:
    assert settings.backups is not None
    return sorted(path.name for path in settings.backups.iterdir())


def test_in_two_days_as_many_are_made_as_are_due_and_the_last_are_kept(
    settings: Settings, rotation: Rotation, clock: Clock
) -> None:
    begun, made = float(NOW), set[str]()
    assert settings.backups is not None
    settings.backups.mkdir()
    (settings.backups / "mine.db").write_text("not the bot's")
    for minutes in range(0, 48 * 60, 10):
        clock.at = begun + minutes * 60
        rotation.back_up_if_due()
        made |= {name for name in copies(settings) if name != "mine.db"}
    assert len(made) == 8
    assert copies(settings) == ["mine.db", *sorted(made)[-2:]]
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
    with look_at(settings.database) as look:
        made, failed = read_notes(look)
    assert made is None and failed is not None and failed.at == NOW
    assert rotation.next_due() == NOW + RETRY_SECONDS
    settings.backups.unlink()
    clock.at = NOW + RETRY_SECONDS + 1.0
    rotation.back_up_if_due()
    assert len(copies(settings)) == 1
    with look_at(settings.database) as look:
        assert read_notes(look)[1] is None
