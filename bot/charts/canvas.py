"""What all charts share: their size, their colours, and how they become a PNG.

Matplotlib is imported when the first chart is drawn, in that thread, since it takes half a second and 30 MB.
Only its objects are used, never pyplot, which has global state.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 720, 400
"""Pixels. On a phone that is 360 points wide, the picture is some 300 points wide."""

_DPI = 100
_TEXT = 18.0
"""The font size in points of 1/72 inch, which is some 10 points on that phone."""

GROUND = "#1e1f24"
"""Dark and opaque, so that the picture is the same in a light theme."""

INK, QUIET, FAINT, GRID = "#e6e3de", "#a8a5a0", "#6a6b73", "#34353b"
FILL = "#d9a066"
"""Its contrast to the ground is 7.2, and that of `FAINT` 3.1: WCAG 2.2 asks 3 of what a graphic is understood by."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: what it measures, and names for some places on it, from 0 to 1."""

    name: str
    ticks: Sequence[tuple[float, str]] = ()


def png(draw: Callable[[Axes], None], across: Axis, up: str, top: int) -> bytes:
    """Return a PNG of what *draw* plots over an axis from 0 to 1; *up* names the counts, *top* is the highest."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    margins = ConstrainedLayoutEngine(w_pad=0.2, h_pad=0.15)
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=GROUND, layout=margins)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=GROUND)
    draw(axes)
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(0, 1.2 * top)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=2))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_xticks([at for at, _ in across.ticks], [name for _, name in across.ticks], parse_math=False)
    for at, name in zip(across.ticks, axes.get_xticklabels(), strict=True):
        name.set_horizontalalignment("left" if at[0] < 0.1 else "right" if at[0] > 0.9 else "center")
    axes.set_xlabel(across.name, fontsize=_TEXT, color=QUIET, parse_math=False)
    axes.set_title(up, loc="left", fontsize=_TEXT, color=QUIET, pad=10, parse_math=False)
    axes.tick_params(colors=QUIET, labelsize=_TEXT, length=0, pad=8)
    axes.grid(axis="y", color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    file = io.BytesIO()
    canvas.print_png(file)
    return file.getvalue()


def label(axes: Axes, at: tuple[float, float], text: str, *, across: str = "center", below: bool = False) -> None:
    """Write a word or a number beside the point *at*; *across* says which end of the text is at the point."""
    axes.annotate(
        text,
        at,
        xytext=(0, -6 if below else 6),
        textcoords="offset points",
        ha=across,
        va="top" if below else "bottom",
        color=INK,
        fontsize=_TEXT,
        fontweight="bold",
        parse_math=False,
    )
