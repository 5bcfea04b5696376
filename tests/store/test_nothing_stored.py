"""A database that can be read and takes nothing: a full disk, or one that may not be written to."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import get_args

import pytest

from bot.errors import NothingStored
from bot.store import Store
from tests.clock import Clock
from tests.databases import database_at
from tests.full_disk import Trouble, nothing_stored

TROUBLES: tuple[Trouble, ...] = get_args(Trouble)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_what_cannot_be_stored_is_told_by_a_class_of_its_own_and_goes_when_there_is_room(
    empty_store: Store, file: Path, trouble: Trouble
) -> None:
    await empty_store.bot_state.write("kept", "before")
    async with nothing_stored(empty_store, file, trouble):
        told = await asyncio.gather(
            *(empty_store.bot_state.write("kept", str(n)) for n in range(5)), return_exceptions=True
        )
        assert [type(each) for each in told] == [NothingStored] * 5
        assert await empty_store.bot_state.read("kept") == "before"
    await empty_store.bot_state.write("kept", "after")
    assert await empty_store.bot_state.read("kept") == "after"


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_the_log_has_one_line_a_minute_of_it(
    file: Path, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    async with (
        Store.open(database_at(file), clock) as store,
        nothing_stored(store, file, trouble),
    ):
        for _ in range(3):
            for _ in range(20):
                with pytest.raises(NothingStored):
                    await store.bot_state.write("kept", "now")
                clock.forward(3)  # twenty of them are a minute
    said = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(said) == 3
    assert all(record.exc_info is None and "\n" not in record.getMessage() for record in said)
    assert all("can be stored" in record.getMessage() for record in said)
