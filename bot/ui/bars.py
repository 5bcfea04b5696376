"""A bar of block characters for a share."""

CELLS = 12


def bar(part: int, whole: int, cells: str = "█░") -> str:
    """Return *part* of *whole* as a bar of full and empty *cells*: at least one full for any part."""
    filled = round(CELLS * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), CELLS - int(part < whole))
    return cells[0] * filled + cells[1] * (CELLS - filled)
