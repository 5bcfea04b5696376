"""Numbers that only fall, drawn as stairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.charts.canvas import FAINT, FILL, Axis, label, png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOW = 0.3
"""Of the height: a number that is lower stands above its stair, and not below it."""


def stairs_png(counts: Sequence[int | None], across: Axis, up: str, few: str) -> bytes:
    """*counts* at even distances from 0 to 1 across; from the first None on, *few* stands in their place.

    The first is a number. It stands beside its stair, and so does the last where that is another.
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
            label(axes, ((at[-1] + 1) / 2, 0), few)

    return png(draw, across, up, first)
