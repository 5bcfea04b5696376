"""A bar chart in the style of the cards, dark and opaque, so that it looks the same in Discord's light theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as counting

from bot.cards.colour import Colour
from bot.cards.faces import ROMAN
from bot.cards.setting import Setting, cut_short
from bot.cards.sheet import EDGE, Sheet
from bot.errors import NotDrawable

WIDTH, HEIGHT = 1080, 630
"""Size of the chart in pixels; the width is three times that of a narrow phone in CSS pixels."""

TOP, BASE = 166, 456
"""Positions of the upper end of the highest bar and of the axis, in pixels from the top."""

MIN_SHARE = 0.04
"""Minimum height of a bar, as a share of the highest, so that a small count is still visible."""

SIZE = 44
"""Font size in pixels."""

RISE = round(ROMAN.rise * SIZE)
"""Height of capitals and digits in pixels."""

GAP = 14
"""Distance between a number and its bar or line, in pixels."""

MOST_LINES = 4
"""Maximum number of grid lines above the axis."""

GROUND: Colour = (30, 31, 36)
INK: Colour = (230, 227, 222)
QUIET: Colour = (168, 165, 160)
FAINT: Colour = (106, 107, 115)
GRID: Colour = (52, 53, 59)
FILL: Colour = (217, 160, 102)
INKS = (INK, QUIET, FAINT, GRID, FILL)


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart that is not drawn yet."""

    counts: Sequence[int | None]
    """Height of each bar; None draws a flat line. At least one must be above 0."""
    up: str
    """Label of the counts."""
    across: str
    """Label of the axis."""
    ticks: Sequence[tuple[float, str]]
    """Positions on the axis, from 0 to 1, and their labels."""
    numbered: Sequence[int] = ()
    """Indexes of bars with their count above them. A count that would touch the one before it is omitted."""


def bars_png(bars: Bars) -> bytes:
    """Return the chart as a PNG. The same chart gives the same bytes. Slow: call it in a thread."""
    sheet = Sheet(WIDTH, HEIGHT, GROUND, INKS)
    top = max(count or 0 for count in bars.counts)
    lines = [(number, _set(f"{number:,}")) for number in _round_numbers(top)]
    left = EDGE + GAP + round(max(name.width for _, name in lines if name))
    right = WIDTH - EDGE
    for number, name in lines:
        y = _height(number, top)
        sheet.rule(left, y - 1, right, y + 2, INKS.index(GRID))
        _print(sheet, name, left - GAP, y - RISE // 2, QUIET, 1.0)
    pitch = (right - left) / len(bars.counts)
    for at, count in enumerate(bars.counts):
        ends = round(left + (at + 0.1) * pitch), round(left + (at + 0.9) * pitch)
        if count is None:
            sheet.rule(ends[0], BASE - 3, ends[1], BASE + 4, INKS.index(FAINT))
        else:
            sheet.rule(ends[0], _height(max(count, MIN_SHARE * top), top), ends[1], BASE, INKS.index(FILL))
    _print_numbers(sheet, bars, left, pitch)
    for share, name in bars.ticks:
        _print(sheet, _set(name), left + share * (right - left), BASE + 2 * GAP, QUIET, 0.5, left)
    _print(sheet, _set(bars.across), (left + right) / 2, BASE + 4 * GAP + RISE, QUIET, 0.5)
    _print(sheet, _set(bars.up), left, EDGE + 2 * GAP, QUIET, 0.0)
    return sheet.png()


def _print_numbers(sheet: Sheet, bars: Bars, left: int, pitch: float) -> None:
    """Write the counts of the numbered bars. Each count is above all bars that it spans."""
    top = max(count or 0 for count in bars.counts)
    taken = float(left)
    for at in bars.numbered:
        number = _set(f"{bars.counts[at]:,}")
        assert number
        x = min(max(left + (at + 0.5) * pitch - number.width / 2, left), WIDTH - EDGE - number.width)
        if x < taken:
            continue
        taken = x + number.width + GAP
        under = bars.counts[int((x - left) / pitch) : int((x + number.width - left) / pitch) + 1]
        y = _height(max(count or 0 for count in under), top)
        _print(sheet, number, x, y - GAP - RISE, INK, 0.0)


def _round_numbers(top: int) -> Iterator[int]:
    """Yield 0 and at most `MOST_LINES` more numbers up to *top*, one, two or five times a power of ten apart."""
    steps = (factor * 10**power for power in counting() for factor in (1, 2, 5))
    step = next(step for step in steps if top // step <= MOST_LINES)
    yield from range(0, top + 1, step)


def _height(count: float, top: int) -> int:
    """Return the y coordinate of the upper end of a bar for *count*, if the highest bar is for *top*."""
    return round(BASE - (BASE - TOP) * count / top)


def _set(text: str) -> Setting | None:
    """Lay out *text* in one line; None if *text* is empty, or is a translation with characters that no font has."""
    try:
        return cut_short(text, ROMAN, SIZE, WIDTH - 2 * EDGE, 1, "left")
    except NotDrawable:
        return None


def _print(
    sheet: Sheet, line: Setting | None, x: float, y: float, ink: Colour, share: float, left: float = EDGE
) -> None:
    """Draw *line* with a *share* of its width before *x*, right of *left*. *y* is the top of its capitals."""
    if line:
        at = min(max(x - share * line.width, left), WIDTH - EDGE - line.width)
        sheet.words(line, at, y, INKS.index(ink))
