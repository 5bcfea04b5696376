"""A stories folder, and a library into which it is loaded."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.databases import database_at


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    path = tmp_path / "shelf"
    path.mkdir()
    return path


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store.open(database_at(tmp_path / "loading.db")) as opened:
        yield opened
