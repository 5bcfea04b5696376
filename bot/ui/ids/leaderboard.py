"""Lists of the most loved: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.domain.leaderboard import Metric, Period, Ranked
from bot.ui.custom_id import CustomId


class LeaderboardPage(CustomId, prefix="t1"):
    """A page of a list. Several buttons may name the same: *button* keeps their ids apart."""

    button: Literal["p", "n", "w", "m", "e", "h"]
    ranked: Ranked
    metric: Metric
    period: Period
    here: bool
    """Whether it counts what was done in this server, and not everywhere."""
    page: int


class PickLeaderboard(CustomId, prefix="tp1"):
    """A select of what is listed and what counts."""

    period: Period
    here: bool


class PickRanked(CustomId, prefix="to2"):
    """A select of the places of a list; its values are the ids of what stands there."""

    ranked: Ranked
