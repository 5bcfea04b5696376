"""What is there when the bot is ready takes no part in later collections."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.operations.run import freeze_garbage


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


class Knot:
    """An object that only a collection frees."""

    def __init__(self) -> None:
        self.self = self


async def test_a_collection_is_of_what_came_since() -> None:
    before = len(gc.get_objects())
    await freeze_garbage()
    assert len(gc.get_objects()) < before / 10
    assert gc.get_freeze_count() > before / 2


async def test_a_new_session_frees_what_the_last_one_left() -> None:
    knot = Knot()
    freed = weakref.ref(knot)
    await freeze_garbage()
    del knot
    gc.collect()
    assert freed() is not None
    await freeze_garbage()
    assert freed() is None
