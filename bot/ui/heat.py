"""Which parts of a story moved readers, as a strip of bars with words beside it."""

from __future__ import annotations

from bot.domain.heat import Heat
from bot.stories.model import StorySummary
from bot.texts import say

_BARS = "▁▂▃▄▅▆▇█"

TOGETHER = 2
"""Parts that share a bar, which is as high as the hotter one: on a phone a line has room for some 15 bars."""


def heat_text(story: StorySummary, heat: Heat) -> str:
    """The strip, and where it is highest for those who do not see it."""
    said = say("heat-most", percent=heat.percent, chapters=story.chapters, chapter=heat.chapter)
    return f"{strip(heat)}\n{said}"


def strip(heat: Heat) -> str:
    """The lowest bar where too few readers reacted to say how many, the highest where most did."""
    top = len(_BARS) - 1
    counts = [count or 0 for count in heat.parts]
    hotter = [max(counts[at : at + TOGETHER]) for at in range(0, len(counts), TOGETHER)]
    return "".join(_BARS[-(-top * count // heat.most)] for count in hotter)
