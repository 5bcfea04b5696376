"""Lists of the most loved: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.leaderboard import Metric, Period, Ranked
from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class LeaderboardPage(CustomId):
    """A page of a list. Several buttons may name the same: *button* keeps their ids apart."""

    PREFIX = "t1"
    button: Literal["p", "n", "w", "m", "e", "h"]
    ranked: Ranked
    metric: Metric
    period: Period
    here: bool
    """Whether it counts what was done in this server, and not everywhere."""
    page: int


@dataclass(frozen=True, slots=True)
class PickLeaderboard(CustomId):
    """A select of what is listed and what counts."""

    PREFIX = "tp1"
    period: Period
    here: bool


@dataclass(frozen=True, slots=True)
class PickRanked(CustomId):
    """A select of the places of a list; its values are the ids of what stands there."""

    PREFIX = "to2"
    ranked: Ranked
