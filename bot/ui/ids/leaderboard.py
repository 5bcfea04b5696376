"""The leaderboard: custom ids."""

from typing import Literal

from bot.domain.leaderboard import Metric, Period, Ranked
from bot.ui.custom_id import CustomId


class LeaderboardPage(CustomId, prefix="t1"):
    """A page of a leaderboard. Several buttons may lead to the same page: *button* keeps their ids apart.

    ``s`` shows the page to all.
    """

    button: Literal["p", "n", "w", "m", "e", "h", "s"]
    ranked: Ranked
    metric: Metric
    period: Period
    here: bool
    """Whether it counts this server only."""
    page: int


class PickLeaderboard(CustomId, prefix="tp1"):
    """A select of what is ranked, and by which metric."""

    period: Period
    here: bool


class PickRanked(CustomId, prefix="to2"):
    """A select of the ranked stories or quotes; its values are their ids."""

    ranked: Ranked


class ShowTop(CustomId, prefix="ts1"):
    """The most-loved stories, in a new message."""
