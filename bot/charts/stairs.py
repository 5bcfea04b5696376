"""Numbers that only fall, drawn as stairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.charts.canvas import FAINT, FILL, Axis, label, png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOW = 0.3
"""A share of the height; a number that is lower stands above its step, and not below it."""


def stairs_png(counts: Sequence[int | None], across: Axis, up: str) -> bytes:
    """Return the PNG of a falling step chart; from the first None on, a flat line.

    The first count is a number. The first and the last number stand beside their steps.
    """
    known = [count for count in counts if count is not None]
    at = [i / (len(counts) - 1) for i in range(len(known))]
    first, last = known[0], known[-1]

    def draw(axes: Axes) -> None:
        axes.fill_between(at, known, step="post", color=FILL, alpha=0.22, linewidth=0)
        axes.step(at, known, where="post", color=FILL, linewidth=4, solid_joinstyle="miter")
        label(axes, (0, first), f"{first:,}", across="left")
        if last != first:
            end = "right" if at[-1] > 0.1 else "left"
            label(axes, (at[-1], last), f"{last:,}", across=end, below=last > LOW * first)
        if len(known) < len(counts):
            axes.plot([at[-1], 1], [0, 0], color=FAINT, linewidth=5, clip_on=False, solid_capstyle="butt")

    return png(draw, across, up, first)
