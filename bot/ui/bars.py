"""A bar for a share: thick cells and thin ones have the same width, so that what stands beside bars is in a column."""

CELLS = 6
"""As many as leave room for some words beside them on a phone."""

FULL, EMPTY = "━", "─"


def bar(part: int, whole: int) -> str:
    """Return *part* of *whole* as a bar: at least one cell is full for any part, and one is empty unless it is all."""
    filled = round(CELLS * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), CELLS - int(part < whole))
    return FULL * filled + EMPTY * (CELLS - filled)
