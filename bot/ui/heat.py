"""The heat of a story as a strip of bars, with a sentence beside it."""

from bot.domain.heat import Heat
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.chapters import short_name

_BARS = "▁▂▃▄▅▆▇█"

TOGETHER = 2
"""Parts that share a bar, which is as high as the hotter one: on a phone a line has room for some 15 bars."""


def heat_text(story: StorySummary, heat: Heat) -> str:
    """Return the strip, and where it is highest, in words for those who cannot see it."""
    words = say("heat-most", percent=heat.percent, chapters=story.chapters, chapter=short_name(heat.chapter))
    return f"{strip(heat)}\n{words}"


def strip(heat: Heat) -> str:
    """Return the bars: the lowest for too few readers to report, the highest for the hottest part."""
    top = len(_BARS) - 1
    counts = [count or 0 for count in heat.parts]
    hotter = [max(counts[at : at + TOGETHER]) for at in range(0, len(counts), TOGETHER)]
    return "".join(_BARS[-(-top * count // heat.most)] for count in hotter)
