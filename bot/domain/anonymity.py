"""k-anonymity: counts of few readers are not told, since they could identify a reader."""

from __future__ import annotations

FEWEST = 5
"""Readers who must have done a thing before it is told how many did: of fewer one might guess who."""


def told(readers: int) -> int | None:
    """How many readers did a thing, where that may be told; None for fewer than `FEWEST`, none at all among them."""
    return readers if readers >= FEWEST else None
