"""Text layout: the font size, the lines, and the position of each run on its line.

A measure is the maximum width of a line. All lengths are in ems of the text unless pixels are named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from bot.cards.breaking import SPACE, Box, fitted
from bot.cards.direction import levels, reordered
from bot.cards.faces import Face, Glyph, width
from bot.cards.manuscript import Initial, Manuscript, Paragraph
from bot.cards.words import graphemes, one_line

PARAGRAPH_INDENT = 1.0
TURNOVER_INDENT = 1.6
"""Indent of the continuation of a line of verse that is wider than the measure."""

MOST_TURNS = 2
"""Maximum number of turns of a setting (see `Setting.turns`), if possible."""

STANZA_GAP = 0.6
"""Space between two stanzas, in lines."""

DISPLAY_LINES = 6
"""Maximum number of lines of a text that is broken into lines of similar length."""

LAST_WORDS, LAST_SQUARES = 0.4, 0.25
"""Minimum share of the measure that the last line of a paragraph should fill: in words, and in square letters."""

MOST_FILLED = 3
"""Maximum space added to a line of square letters to fill its measure, in letters."""

Alignment = Literal["start", "left", "centre", "right"]
"""Alignment of lines. "start" is the side at which the paragraph's script begins."""


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent text of one face and one direction, drawn together. *x* is its left end."""

    text: str
    face: Face
    is_rtl: bool
    x: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Its runs are in visual order, from left to right."""

    runs: tuple[Run, ...]
    y: float
    """Distance of the baseline from the top of the first line's capitals."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The layout of a text at one font size."""

    lines: tuple[Line, ...]
    size: float
    """Font size in pixels."""
    height: float
    """Distance in pixels from the top of the first line's capitals to the last baseline."""
    width: float
    """Width of the widest line in pixels."""
    turns: int
    """Number of continued lines of verse, or of divided words, in the paragraph with the most."""
    initial: Initial | None = None
    """Initial letter. Its baseline is that of the second line."""


def largest(
    text: Manuscript, sizes: Sequence[float], measure: float, room: float, align: Alignment = "start"
) -> Setting:
    """Lay out *text* at the largest of *sizes* at which it is at most *room* pixels high.

    A smaller size without turns is preferred, else one with at most `MOST_TURNS`. If no size is small enough, the last
    one is used. *sizes* are in falling order, *measure* is in pixels.
    """
    settings: list[Setting] = []
    for size in sizes:
        if text.width * size / measure * text.leading * size > room + 2 * size:
            continue  # certainly too high
        setting = set_at(text, size, measure, align)
        if setting.height <= room:
            settings.append(setting)
            if not setting.turns:
                return setting
    fair = [setting for setting in settings if setting.turns <= MOST_TURNS]
    return next(iter(fair or settings), None) or set_at(text, sizes[-1], measure, align)


def set_at(text: Manuscript, size: float, measure: float, align: Alignment = "start") -> Setting:
    """Lay out *text* at one size. The *measure* is in pixels.

    Centred verse is moved as a block, so that its left side stays straight. A text of square letters becomes slightly
    larger, so that whole letters fill a line.
    """
    if text.square and measure > text.square * size:
        size = measure / text.square / (measure // (text.square * size))
    ems = measure / size
    is_block = align == "centre" and (text.is_verse or text.square is not None)
    lines: list[Line] = []
    turns = 0
    y = text.rise
    for paragraph in text.paragraphs:
        indents = _indents(text, paragraph, align)
        broken = _broken(text, paragraph, [ems - indent for indent in indents])
        turns = max(turns, len(broken) - 1 if text.is_verse else sum(map(len, broken)) - len(paragraph.boxes))
        if lines and paragraph.is_first and (text.is_verse or align == "centre"):
            y += STANZA_GAP * text.leading
        for number, line in enumerate(broken):
            indent = indents[min(number, len(indents) - 1)]
            placed = list(_placed(line, paragraph.is_rtl, ems, indent, "start" if is_block else align))
            if text.square and not text.is_verse and line is not broken[-1]:
                placed = _justified(placed, ems + line[-1].after, MOST_FILLED * text.square)
            lines.append(Line(tuple(placed), y))
            y += text.leading
    left, right = _sides(lines)
    if is_block:
        by = (ems - right - left) / 2
        lines = [replace(line, runs=tuple(replace(run, x=run.x + by) for run in line.runs)) for line in lines]
    return Setting(tuple(lines), size, lines[-1].y * size, (right - left) * size, turns, text.initial)


def cut_short(
    text: str | None, voice: Face, size: float, measure: float, most: int, align: Alignment
) -> Setting | None:
    """Lay out a title or a name in at most *most* lines, truncated if necessary; None if it is missing or empty."""
    whole = one_line(text or "")

    def setting(text: str) -> Setting:
        return set_at(Manuscript.of(text, voice), size, measure, align)

    if not whole or len(setting(whole).lines) <= most:
        return setting(whole) if whole else None
    each = graphemes(whole)
    lengths = range(1, len(each))
    longest = bisect_right(lengths, most, key=lambda length: len(setting(_ended(each[:length])).lines))
    return setting(_ended(each[:longest]))


def _ended(kept: Sequence[str]) -> str:
    """End a truncated text with an ellipsis, after a whole word unless the last word is long."""
    text = "".join(kept)
    words = text.rsplit(" ", 1)[0] if " " in text[-30:] else text
    return words.rstrip(" ,;:.!?–—-") + "…"


def _indents(text: Manuscript, paragraph: Paragraph, align: Alignment) -> list[float]:
    """Return the indents of the first lines; the last indent also applies to all other lines."""
    if text.is_verse:
        return [0, TURNOVER_INDENT]
    if paragraph is not text.paragraphs[0]:
        return [PARAGRAPH_INDENT if align == "start" else 0, 0]
    return [text.initial.width, text.initial.width, 0] if text.initial else [0]


def _broken(text: Manuscript, paragraph: Paragraph, measures: Sequence[float]) -> list[list[Box]]:
    if text.square:
        return fitted(paragraph.boxes, measures, LAST_SQUARES)
    lines = fitted(paragraph.boxes, measures, LAST_WORDS)
    is_display = 1 < len(lines) <= DISPLAY_LINES and len(text.paragraphs) == 1
    return fitted(paragraph.boxes, measures, 1.0) if is_display else lines


def _placed(line: Sequence[Box], rtl: bool, ems: float, indent: float, align: Alignment) -> Iterator[Run]:
    """Yield the runs of a line at their positions. Marks at its ends hang in the margin."""
    pieces = _pieces(line, rtl)
    ends = (line[0].before, line[-1].after)
    left, right = ends[::-1] if rtl else ends
    spare = ems - sum(wide for _, _, _, wide in pieces) + left + right
    if align == "start":
        align = "right" if rtl else "left"
    x = {"left": indent, "centre": spare / 2, "right": spare - indent}[align] - left
    for text, face, is_turned, wide in pieces:
        if face:
            yield Run(text, face, is_turned, x)
        x += wide


def _justified(runs: Sequence[Run], end: float, most: float) -> list[Run]:
    """Space the runs of a line of square letters so that it ends at *end*, if at most *most* is missing.

    A line can be short because the next line must not begin with a small kana or a full stop.
    """
    each: list[Run] = []
    for run in runs:
        x = run.x
        for letter in graphemes(run.text) if run.face.is_square and not run.is_rtl else [run.text]:
            each.append(replace(run, text=letter, x=x))
            x += width(letter, run.face, is_rtl=run.is_rtl)
    missing = end - each[-1].x - width(each[-1].text, each[-1].face, is_rtl=each[-1].is_rtl)
    if not 0 < missing <= most or len(each) < 2:
        return list(runs)
    return [replace(run, x=run.x + missing * number / (len(each) - 1)) for number, run in enumerate(each)]


def _pieces(line: Sequence[Box], rtl: bool) -> list[tuple[str, Face | None, bool, float]]:
    """Return the runs and spaces of a line from left to right: text, face, whether it is right-to-left, width."""
    glyphs: list[Glyph] = []
    gaps: list[float] = []
    for box, following in zip(line, [*line[1:], None], strict=True):
        glyphs += box.glyphs
        gaps += [SPACE] * len(box.glyphs)
        if following and box.gap:
            glyphs.append(Glyph(" ", None))
            gaps.append(box.gap)
    cells = zip(glyphs, gaps, levels("".join(glyph.text[0] for glyph in glyphs), int(rtl)), strict=True)
    pieces: list[tuple[str, Face | None, bool, float]] = []
    piece_levels: list[int] = []
    for (face, level), run in groupby(cells, key=lambda cell: (cell[0].face, cell[2])):
        among = list(run)
        text = "".join(glyph.text for glyph, _, _ in among)
        turned = level % 2 == 1
        wide = width(text, face, is_rtl=turned) if face else sum(gap for _, gap, _ in among)
        pieces.append((text, face, turned, wide))
        piece_levels.append(level)
    return reordered(pieces, piece_levels)


def _sides(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the left end of the leftmost line and the right end of the rightmost."""
    ends = [(run.x, run.x + width(run.text, run.face, is_rtl=run.is_rtl)) for line in lines for run in line.runs]
    return min(left for left, _ in ends), max(right for _, right in ends)
