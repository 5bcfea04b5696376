"""A bar for a share: thick cells and thin ones have the same width, so that what stands beside bars is in a column."""

CELLS = 12
FULL, EMPTY = "━", "─"


def bar(part: int, whole: int, count: int = CELLS) -> str:
    """Return *part* of *whole* as a bar of *count* cells: at least one of them full for any part."""
    filled = round(count * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), count - int(part < whole))
    return FULL * filled + EMPTY * (count - filled)
