"""Numbers side by side, drawn as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.charts.canvas import FAINT, FILL, Axis, label, png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEAST = 0.04
"""The least height of a bar, as a share of the highest, so that a small number is still visible."""


def bars_png(counts: Sequence[int | None], across: Axis, up: str) -> bytes:
    """Return the PNG of a bar chart: a bar for each count, a flat line for None; not all are None.

    The highest number stands above its bar, or above the first of several.
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
