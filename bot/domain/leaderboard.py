"""Leaderboards: the stories and quotes that readers love most, by what is counted and since when."""

from __future__ import annotations

from typing import Literal

Metric = Literal["reactions", "reads", "votes", "saves"]
"""What a list of the most loved counts: emoji, finished reads, votes to continue, saved quotes."""


Period = Literal["week", "month", "ever"]


Ranked = Literal["story", "quote"]


RANKINGS: tuple[tuple[Ranked, Metric], ...] = (
    ("story", "reactions"), ("story", "reads"), ("story", "votes"), ("story", "saves"),
    ("quote", "reactions"), ("quote", "saves"),
)  # fmt: skip
"""The lists there are."""
