"""Options that take one of a few values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import pytest

from bot.domain.quotes import QuoteLength
from bot.domain.reactions import Metric, Period, Ranked
from bot.domain.schedules import DAYS, DailyStyle
from bot.domain.stories import SORTS
from bot.errors import ReaderError
from bot.interactions.options import (
    DaysChoice,
    LengthChoice,
    MetricChoice,
    NamedOption,
    PeriodChoice,
    QuoteLengthChoice,
    RankedChoice,
    RatingChoice,
    SizeChoice,
    SortChoice,
    StatusChoice,
    StyleChoice,
)
from bot.interactions.translator import named_choice
from bot.stories.instalments import Size
from bot.stories.lengths import LENGTHS
from bot.stories.ratings import Rating
from bot.stories.status import Status

NOBODY: Any = None


async def test_a_value_that_is_not_offered_is_refused_with_what_to_do() -> None:
    days = NamedOption([named_choice("schedule-on-monday", "monday")])
    assert await days.transform(NOBODY, "monday") == "monday"
    with pytest.raises(ReaderError, match="not-listed"):
        await days.transform(NOBODY, "mon wed fri")


OFFERED = [
    (LengthChoice, LENGTHS),
    (StatusChoice, get_args(Status)),
    (RatingChoice, get_args(Rating)),
    (SortChoice, SORTS),
    (QuoteLengthChoice, get_args(QuoteLength)),
    (RankedChoice, get_args(Ranked)),
    (MetricChoice, get_args(Metric)),
    (PeriodChoice, get_args(Period)),
    (StyleChoice, get_args(DailyStyle)),
    (SizeChoice, get_args(Size)),
    (DaysChoice, DAYS.values()),
]


@pytest.mark.parametrize(("option", "values"), OFFERED)
async def test_what_a_reader_chooses_is_a_value_that_the_bot_knows(option: Any, values: Iterable[object]) -> None:
    chosen = [await option.transform(NOBODY, each.value) for each in option.choices]
    assert chosen == list(values)
