"""Bars drawn with characters: for a share, and for the numbers of readers who reacted in each part of a story."""

from bot.domain.author_stats import Heat
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.chapters import short_name

CELLS = 6
"""Length of the bar for a share, in characters; it leaves room for words beside the bar on a phone."""

FULL, EMPTY = "━", "─"


def bar(part: int, whole: int) -> str:
    """Return *part* of *whole* as a bar. If *part* > 0, a cell is full; if *part* < *whole*, one is empty."""
    filled = round(CELLS * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), CELLS - int(part < whole))
    return FULL * filled + EMPTY * (CELLS - filled)


_BARS = "▁▂▃▄▅▆▇█"

PARTS_A_BAR = 2
"""Number of a story's parts that share a bar, which shows their highest count; a phone's line fits some 15 bars."""


def heat_text(story: StorySummary, heat: Heat) -> str:
    """Return the `heat_strip` and, for screen readers, the place of its highest part in words."""
    words = say("heat-most", percent=heat.percent, chapters=story.chapters, chapter=short_name(heat.chapter))
    return f"{heat_strip(heat)}\n{words}"


def heat_strip(heat: Heat) -> str:
    """Return a bar for each `PARTS_A_BAR` parts, scaled to the highest; parts without a count get the lowest."""
    top = len(_BARS) - 1
    counts = [count or 0 for count in heat.parts]
    hotter = [max(counts[at : at + PARTS_A_BAR]) for at in range(0, len(counts), PARTS_A_BAR)]
    return "".join(_BARS[-(-top * count // heat.most)] for count in hotter)
