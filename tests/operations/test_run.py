"""What a process does at its start where another one has begun before."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.config import Settings
from bot.importing.worker import read_here
from bot.operations.run import has_loaded_folder
from bot.store import Store
from tests.databases import database_at
from tests.postgresql import on_postgresql


@pytest.mark.skipif(not on_postgresql(), reason="only there several processes share a database")
async def test_one_that_starts_while_another_loads_the_folder_leaves_it_to_that_one(
    store: Store, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    settings, before = Settings(stories_dir=folder), await store.stories.count()
    (folder / "new.txt").write_text("Title: New\n\nIt came while another one loaded, and nobody minded.\n", "utf-8")
    async with Store.open(database_at(tmp_path / "oneshot.db")) as other:
        async with other.only("load", waits=False) as is_ours:
            assert is_ours
            assert not await has_loaded_folder(store, settings, read_here)
        assert "Another process loads the stories folder just now" in caplog.text and "Stories:" not in caplog.text
        assert await store.stories.count() == before
    assert await has_loaded_folder(store, settings, read_here)
    assert await store.stories.count() == before + 1 and "1 added" in caplog.text
