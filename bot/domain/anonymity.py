"""k-anonymity: counts of few readers are not told, since they could identify a reader."""

from __future__ import annotations

SMALLEST_GROUP = 5
"""Readers who must have done a thing before it is told how many did: of fewer one might guess who."""


def k_anonymous(readers: int) -> int | None:
    """Return *readers*, a count of people, or None where they are fewer than `SMALLEST_GROUP` (also for zero)."""
    return readers if readers >= SMALLEST_GROUP else None
