"""Leaderboards: the stories and quotes that readers love most, by a metric and a period."""

from typing import Literal

Metric = Literal["reactions", "reads", "votes", "saves"]
"""What is counted: emoji, finished reads, votes to continue, saved quotes."""

UNSAID: frozenset[Metric] = frozenset({"reads", "saves"})
"""What readers do without saying it: it is told of groups alone."""

Period = Literal["week", "month", "ever"]
Ranked = Literal["story", "quote"]

RANKINGS: tuple[tuple[Ranked, Metric], ...] = (
    ("story", "reactions"), ("story", "reads"), ("story", "votes"), ("story", "saves"),
    ("quote", "reactions"), ("quote", "saves"),
)  # fmt: skip
"""The leaderboards that exist."""
