"""An empty database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.databases import database_at


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
async def empty_store(file: Path) -> AsyncIterator[Store]:
    async with Store.open(database_at(file)) as opened:
        yield opened
