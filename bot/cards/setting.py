"""Words set in lines: how large, how far apart, and where on the line each piece of them stands.

A measure is the width of a line. All lengths are ems of the text unless they are called pixels.
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
"""How far the rest of a line of verse is moved in where the measure is too short for it."""

MOST_TURNS = 2
"""Of one line or word, where words are made smaller so that it is turned over less often."""

STANZA_GAP = 0.6
"""Of a line, between two stanzas."""

DISPLAY_LINES = 6
"""Up to so many lines a text is seen at one glance, so that its lines should be of one length."""

LAST_WORDS, LAST_SQUARES = 0.4, 0.25
"""Share of the measure that a paragraph's last line had better fill: a word, or a square, by itself is a widow."""

Alignment = Literal["start", "left", "centre", "right"]
"""Lines begin where their script begins, or all stand to one side."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is drawn in one go: neighbours of one face that run one way; *x* is where it begins, at its left."""

    text: str
    face: Face
    is_rtl: bool
    x: float


@dataclass(frozen=True, slots=True)
class Line:
    runs: tuple[Run, ...]
    y: float
    """Its baseline, counted from the top of the first line's capitals."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set at a size."""

    lines: tuple[Line, ...]
    size: float
    """Pixels of an em."""
    height: float
    """Pixels, from the top of the first line's capitals to the last baseline."""
    width: float
    """Pixels of its widest line."""
    turns: int
    """How often a line of verse, or a word, is turned over that is longer than the measure: the most of any."""
    initial: Initial | None = None
    """It stands on the second line."""


def largest(
    text: Manuscript, sizes: Sequence[float], measure: float, room: float, align: Alignment = "start"
) -> Setting:
    """*text* at the largest of *sizes*, in falling order, at which it is at most *room* pixels high.

    It rather becomes smaller than that a line of verse or a word is turned over, or at least not more than twice. Where
    no size is small enough it is set at the last. The *measure* is in pixels.
    """
    settings: list[Setting] = []
    for size in sizes:
        if text.width * size / measure * text.leading * size > room + 2 * size:
            continue  # so much is seen without setting it
        setting = set_at(text, size, measure, align)
        if setting.height <= room:
            settings.append(setting)
            if not setting.turns:
                return setting
    fair = [setting for setting in settings if setting.turns <= MOST_TURNS]
    return next(iter(fair or settings), None) or set_at(text, sizes[-1], measure, align)


def set_at(text: Manuscript, size: float, measure: float, align: Alignment = "start") -> Setting:
    """*text* at one size; the *measure* is in pixels. Verse keeps its left side straight, and is centred as a block.

    Where letters fill squares the size is a little larger, so that a whole number of them fills a line.
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
            placed = _placed(line, paragraph.is_rtl, ems, indent, "start" if is_block else align)
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
    """A title or a name in at most so many lines, ended early where it needs more; none where there is none."""
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
    """What is kept of a text that is cut short: whole words, where the last one is no long one."""
    text = "".join(kept)
    words = text.rsplit(" ", 1)[0] if " " in text[-30:] else text
    return words.rstrip(" ,;:.!?–—-") + "…"


def _indents(text: Manuscript, paragraph: Paragraph, align: Alignment) -> list[float]:
    """Of the first lines, and last of all others."""
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
    """The pieces of a line where they stand, with marks at its ends in the margin."""
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


def _pieces(line: Sequence[Box], rtl: bool) -> list[tuple[str, Face | None, bool, float]]:
    """Text, face, whether it runs to the left, and width of what is drawn in one go, from the left of the line."""
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
    """Where the leftmost line begins and the rightmost ends."""
    ends = [(run.x, run.x + width(run.text, run.face, is_rtl=run.is_rtl)) for line in lines for run in line.runs]
    return min(left for left, _ in ends), max(right for _, right in ends)
