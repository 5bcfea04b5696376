"""A bar of block characters for a share."""

CELLS = 12


def bar(part: int, whole: int) -> str:
    """Return *part* of *whole* as a bar: at least one cell for any part, and all cells only for the whole."""
    filled = round(CELLS * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), CELLS - int(part < whole))
    return "█" * filled + "░" * (CELLS - filled)
