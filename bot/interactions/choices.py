"""Options that take one of a few values: readers see a name for each, in their language."""

from collections.abc import Sequence
from typing import get_args

from discord import app_commands

from bot.domain.filters import SORTS, Sort
from bot.domain.leaderboard import Metric, Period, Ranked
from bot.domain.quotes import QuoteLength
from bot.domain.schedules import DailyStyle
from bot.domain.times import DAYS
from bot.errors import ReaderError
from bot.interactions.client import Interaction
from bot.interactions.translator import named_choice
from bot.stories.instalments import Size
from bot.stories.lengths import LENGTHS, Length
from bot.stories.ratings import Rating
from bot.stories.status import Status


class NamedOption(app_commands.Transformer):
    """One of a few values, as Discord shows their names. Raises `ReaderError`."""

    def __init__(self, choices: Sequence[app_commands.Choice[str]]) -> None:
        self._choices = list(choices)

    @property
    def choices(self) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        return self._choices

    async def transform(self, interaction: Interaction, value: str, /) -> str:  # type: ignore[override]
        if value not in {choice.value for choice in self._choices}:  # Discord takes no other, whatever else sends one
            raise ReaderError("not-listed", typed=value[:100])
        return value


class DaysOption(NamedOption):
    """The days of a schedule."""

    async def transform(self, interaction: Interaction, value: str, /) -> frozenset[int]:  # type: ignore[override]
        return DAYS[await super().transform(interaction, value)]


def _id(value: str) -> str:
    """A value as messages are called by it."""
    return value.replace(" ", "-")


LengthChoice = app_commands.Transform[
    Length, NamedOption([named_choice(f"value-length-{each}", each) for each in LENGTHS])
]
StatusChoice = app_commands.Transform[
    Status, NamedOption([named_choice(f"value-status-{_id(each)}", each) for each in get_args(Status)])
]
RatingChoice = app_commands.Transform[
    Rating, NamedOption([named_choice(f"value-rating-{_id(each)}", each) for each in get_args(Rating)])
]
SortChoice = app_commands.Transform[Sort, NamedOption([named_choice(f"filter-sort-{each}", each) for each in SORTS])]
QuoteLengthChoice = app_commands.Transform[
    QuoteLength, NamedOption([named_choice(f"quote-length-{each}", each) for each in get_args(QuoteLength)])
]
RankedChoice = app_commands.Transform[
    Ranked, NamedOption([named_choice(f"top-what-{each}", each) for each in get_args(Ranked)])
]
MetricChoice = app_commands.Transform[
    Metric, NamedOption([named_choice(f"top-by-{each}", each) for each in get_args(Metric)])
]
PeriodChoice = app_commands.Transform[
    Period, NamedOption([named_choice(f"top-since-{each}", each) for each in get_args(Period)])
]
StyleChoice = app_commands.Transform[
    DailyStyle, NamedOption([named_choice(f"daily-style-{each}", each) for each in get_args(DailyStyle)])
]
DaysChoice = app_commands.Transform[
    frozenset[int], DaysOption([named_choice(f"schedule-on-{_id(each)}", each) for each in DAYS])
]
SizeChoice = app_commands.Transform[
    Size, NamedOption([named_choice(f"serial-each-{each}", each) for each in get_args(Size)])
]
