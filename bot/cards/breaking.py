"""Line breaking: `boxes` finds the possible line breaks, `fitted` chooses among them.

ICU finds the possible breaks, by the Unicode Line Breaking Algorithm (https://www.unicode.org/reports/tr14/) and by
its dictionaries of Thai and other languages without spaces. The choice is a total fit: it considers all lines of a
paragraph together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, takewhile

import regex
from icu4py.breakers import LineBreaker

from bot.cards.faces import JAPANESE, Glyph, width

MOST_HANGING = 0.9
"""Maximum width of opening marks in the margin, in ems; half of it is the maximum for closing marks."""

STRANDED = 0.02
"""Cost of a line that ends with a one-letter word or a hyphen. A line that is a seventh too short costs as much."""

SPACE = 0.22
"""Width of a space in ems."""

_GAPS = {" ": SPACE, "\u200b": 0.0, "\u3000": JAPANESE.scale}
_HYPHENS = "-‐"
_HANGS_BEFORE = regex.compile(r"[\p{Pi}\"'„‚]|[「『（《〈【]")
_HANGS_AFTER = regex.compile(r"[\p{Pf}\"',.‐-]|[、。，．」』]")
_HANGUL = regex.compile(r"\p{Script=Hangul}")
_UNBROKEN = regex.compile(
    r"(?<![\s\u200b])—|[–—](?= |$)|(?<=(?:^|[\s\u200b])\p{P}+)(?=\S)"
    r"|(?<=[^\p{Emoji_Presentation}\ufe0f\s\u200b][\s\u200b]*)(?=\p{Emoji_Presentation}|\p{Emoji}\ufe0f)"
)
"""Breaks of ICU that books avoid: before a dash after a word, before an emoji after words, after punctuation that opens
a word.
"""


@dataclass(frozen=True, slots=True)
class Box:
    """Text that stays on one line. All lengths are in ems."""

    glyphs: tuple[Glyph, ...]
    width: float
    gap: float
    """Space before the next box on the same line."""
    before: float
    """Part of the width that hangs in the margin at the start of a line."""
    after: float
    """Part of the width that hangs in the margin at the end of a line."""
    strands: bool
    """Whether the box looks bad at the end of a line: a one-letter word, or text that ends with a hyphen."""


def boxes(glyphs: Sequence[Glyph]) -> list[Box]:
    """Divide a paragraph or a line of verse at its possible line breaks."""
    text = "".join(glyph.text for glyph in glyphs)
    # By default ICU ends lines inside Korean words.
    units = LineBreaker(text, "ko@lw=phrase" if _HANGUL.search(text) else "en")
    ends = {end for end in accumulate(map(len, units)) if not _UNBROKEN.match(text, end)}
    made: list[Box] = []
    begun: list[Glyph] = []
    for glyph, end in zip(glyphs, accumulate(len(glyph.text) for glyph in glyphs), strict=True):
        begun.append(glyph)
        if end in ends:
            gaps = [_GAPS[glyph.text] for glyph in takewhile(_is_gap, reversed(begun))]
            if kept := begun[: len(begun) - len(gaps)]:
                made.append(_box(kept, sum(gaps)))
            begun = []
    return made


def span(glyphs: Sequence[Glyph]) -> float:
    """Return the width of adjacent glyphs in ems. Adjacent glyphs of one face are shaped together."""
    return sum(
        width("".join(glyph.text for glyph in run), face) if face else sum(SPACE for _ in run)
        for face, run in groupby(glyphs, key=lambda glyph: glyph.face)
    )


def fitted(paragraph: Sequence[Box], measures: Sequence[float], least_last: float) -> list[list[Box]]:
    """Break *paragraph* into as few lines as possible, with lengths as even as possible.

    *measures* are the widths of the first lines in ems; the last one is the width of all other lines. The last line
    should fill at least the share *least_last* of its width. A box that is wider than a line is divided between
    graphemes.
    """
    whole = [part for box in paragraph for part in _divided(box, min(measures))]
    ways = [(0, 0.0, 0)]  # for each end: number of lines, cost, start of the last line
    for end in range(1, len(whole) + 1):
        found: list[tuple[int, float, int]] = []
        natural = -whole[end - 1].gap
        for start in range(end - 1, -1, -1):
            natural += whole[start].width + whole[start].gap
            before, cost, _ = ways[start]
            measure = measures[min(before, len(measures) - 1)]
            used = natural - whole[start].before - whole[end - 1].after
            if start < end - 1 and natural - 2 * MOST_HANGING > measure:
                break
            if start == end - 1 or used <= measure:
                ending = _ending_cost(whole, end, used / measure, least_last)
                found.append((before + 1, cost + ending, start))
        ways.append(min(found))
    lines: list[list[Box]] = []
    end = len(whole)
    while end:
        start = ways[end][2]
        lines.append(whole[start:end])
        end = start
    return lines[::-1]


def _ending_cost(whole: Sequence[Box], end: int, full: float, least_last: float) -> float:
    """Return the cost of a line that ends before the box at *end* and fills the share *full* of its width."""
    if end == len(whole):
        return max(0.0, least_last - full) ** 2
    return (1 - full) ** 2 + (STRANDED if whole[end - 1].strands else 0)


def _is_gap(glyph: Glyph) -> bool:
    return glyph.text in _GAPS


def _box(glyphs: Sequence[Glyph], gap: float) -> Box:
    opening = _hanging(glyphs, _HANGS_BEFORE)
    closing = _hanging(glyphs[::-1], _HANGS_AFTER)
    if max(opening, closing) == len(glyphs):
        opening = closing = 0
    before, after = _hung(glyphs[:opening]), _hung(glyphs[len(glyphs) - closing :])
    return Box(
        glyphs=tuple(glyphs),
        width=span(glyphs),
        gap=gap,
        before=min(before, MOST_HANGING),
        after=min(after, MOST_HANGING / 2),
        strands=(len(glyphs) == 1 and gap > 0) or glyphs[-1].text in _HYPHENS,
    )


def _hanging(glyphs: Sequence[Glyph], marks: regex.Pattern[str]) -> int:
    return next((i for i, glyph in enumerate(glyphs) if not marks.match(glyph.text)), len(glyphs))


def _hung(glyphs: Sequence[Glyph]) -> float:
    """Return the width of hanging marks. Chinese and Japanese marks count half, because half their square is white."""
    return sum(span([glyph]) / (2 if glyph.face and glyph.face.is_square else 1) for glyph in glyphs)


def _divided(box: Box, measure: float) -> Iterator[Box]:
    """Yield parts of *box* that each fit on a line; *box* itself if it fits."""
    if box.width - box.before - box.after <= measure:
        yield box
        return
    part: list[Glyph] = []
    used = 0.0
    for glyph in box.glyphs:
        for each in [glyph] if span([glyph]) <= measure else [Glyph(text, glyph.face) for text in glyph.text]:
            wide = span([each])
            if part and used + wide > measure:
                yield _box(part, 0)
                part, used = [], 0.0
            part.append(each)
            used += wide
    yield _box(part, box.gap)
