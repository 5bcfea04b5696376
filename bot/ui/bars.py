"""A bar of block characters for a share."""

CELLS = 12


def bar(part: int, whole: int, cells: str = "█░", count: int = CELLS) -> str:
    """Return *part* of *whole* as a bar of *count* full and empty *cells*: at least one full for any part."""
    filled = round(count * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), count - int(part < whole))
    return cells[0] * filled + cells[1] * (count - filled)
