"""Options that take one of a few values."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import ReaderError
from bot.interactions.choices import NamedOption
from bot.interactions.translator import named_choice

NOBODY: Any = None


async def test_a_value_that_is_not_offered_is_refused_with_what_to_do() -> None:
    days = NamedOption([named_choice("schedule-on-monday", "monday")])
    assert await days.transform(NOBODY, "monday") == "monday"
    with pytest.raises(ReaderError, match="not-listed"):
        await days.transform(NOBODY, "mon wed fri")
