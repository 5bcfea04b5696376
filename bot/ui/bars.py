"""Bars of text: for a share, and for how many readers reacted in each part of a story."""

from bot.domain.author_stats import Heat
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.chapters import short_name

CELLS = 6
"""As many as leave room for some words beside them on a phone."""

FULL, EMPTY = "━", "─"


def bar(part: int, whole: int) -> str:
    """Return *part* of *whole* as a bar: at least one cell is full for any part, and one is empty unless it is all."""
    filled = round(CELLS * part / whole) if whole else 0
    filled = min(max(filled, int(part > 0)), CELLS - int(part < whole))
    return FULL * filled + EMPTY * (CELLS - filled)


_BARS = "▁▂▃▄▅▆▇█"

PARTS_A_BAR = 2
"""Parts that share a bar, which is as high as the hotter one: on a phone a line has room for some 15 bars."""


def heat_text(story: StorySummary, heat: Heat) -> str:
    """Return the strip, and where it is highest, in words for those who cannot see it."""
    words = say("heat-most", percent=heat.percent, chapters=story.chapters, chapter=short_name(heat.chapter))
    return f"{heat_strip(heat)}\n{words}"


def heat_strip(heat: Heat) -> str:
    """Return the bars: the lowest for too few readers to report, the highest for the hottest part."""
    top = len(_BARS) - 1
    counts = [count or 0 for count in heat.parts]
    hotter = [max(counts[at : at + PARTS_A_BAR]) for at in range(0, len(counts), PARTS_A_BAR)]
    return "".join(_BARS[-(-top * count // heat.most)] for count in hotter)
