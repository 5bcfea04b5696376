"""A share of a whole, drawn."""

from __future__ import annotations

CELLS = 12


def bar(part: int, whole: int) -> str:
    """*part* of *whole* in cells: one at least where there is anything, and all of them only for the whole."""
    filled = round(CELLS * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), CELLS - int(part < whole))
    return "█" * filled + "░" * (CELLS - filled)
