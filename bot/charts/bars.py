"""Numbers side by side, drawn as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.charts.canvas import FAINT, FILL, Axis, label, png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEAST = 0.04
"""Of the greatest height: what every number is drawn with, so that it is seen beside a great one."""


def bars_png(counts: Sequence[int | None], across: Axis, up: str) -> bytes:
    """A bar for each of *counts*, side by side from 0 to 1 across; for None a line on the ground. Not all are None.

    The greatest number stands above its bar, the first of several that are equal.
    """
    width = 1 / len(counts)
    middles = [(i + 0.5) * width for i in range(len(counts))]
    top = max(count or 0 for count in counts)

    def draw(axes: Axes) -> None:
        for middle, count in zip(middles, counts, strict=True):
            if count is None:
                ends = (middle - 0.4 * width, middle + 0.4 * width)
                axes.plot(ends, (0, 0), color=FAINT, linewidth=5, clip_on=False, solid_capstyle="butt")
            else:
                axes.bar(middle, max(count, LEAST * top), width=0.8 * width, color=FILL)
        label(axes, (middles[counts.index(top)], top), f"{top:,}")

    return png(draw, across, up, top)
