"""Line breaking: `boxes` finds where a line may end, `fitted` chooses where lines do end.

ICU finds the places, by the Unicode Line Breaking Algorithm (https://www.unicode.org/reports/tr14/) and by its
dictionaries of Thai and other languages without spaces. The choice is a total fit: all lines of a paragraph are
chosen together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, takewhile

import regex
from icu4py.breakers import LineBreaker

from bot.cards.faces import JAPANESE, Glyph, width

MOST_HANGING = 0.9
"""The most that opening marks may hang in the margin, in ems."""

STRANDED = 0.02
"""The cost of a line that ends with a word of one letter or a hyphen: that of a line that is a seventh too short."""

SPACE = 0.22
"""The width of a space, in ems."""

_GAPS = {" ": SPACE, "\u200b": 0.0, "\u3000": JAPANESE.scale}
_HYPHENS = "-‐"
_HANGS_BEFORE = regex.compile(r"[\p{Pi}\"'„‚]|[「『（《〈【]")
_HANGS_AFTER = regex.compile(r"[\p{Pf}\"',.‐-]|[、。，．」』]")
_HANGUL = regex.compile(r"\p{Script=Hangul}")
_UNBROKEN = regex.compile(
    r"(?<![\s\u200b])—|[–—](?= |$)|(?<=(?:^|[\s\u200b])\p{P}+)(?=\S)"
    r"|(?<=[^\p{Emoji_Presentation}\ufe0f\s\u200b][\s\u200b]*)(?=\p{Emoji_Presentation}|\p{Emoji}\ufe0f)"
)
"""Where ICU ends a line and books do not: before the dash after a word, before an emoji after words, after
punctuation that opens a word."""


@dataclass(frozen=True, slots=True)
class Box:
    """Text that stays on one line. All lengths are in ems."""

    glyphs: tuple[Glyph, ...]
    width: float
    gap: float
    """The space before the next box on the same line."""
    before: float
    """The part of the width that hangs in the margin at the start of a line."""
    after: float
    """The part of the width that hangs in the margin at the end of a line."""
    strands: bool
    """Whether it looks bad at the end of a line: a word of one letter, or one that ends with a hyphen."""


def boxes(glyphs: Sequence[Glyph]) -> list[Box]:
    """Divide a paragraph or a line of verse where a line may end."""
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
    """Return the width of adjacent glyphs in ems. Glyphs of one face are shaped together, as they are drawn."""
    return sum(
        width("".join(glyph.text for glyph in run), face) if face else sum(SPACE for _ in run)
        for face, run in groupby(glyphs, key=lambda glyph: glyph.face)
    )


def fitted(paragraph: Sequence[Box], measures: Sequence[float], least_last: float) -> list[list[Box]]:
    """Break *paragraph* into the fewest lines that are possible, and of those ways choose the most even.

    *measures* are the widths of the first lines in ems; the last of them is the width of all other lines. The last line
    should fill at least *least_last* of its width. A box that is wider than a line is divided between graphemes.
    """
    whole = [part for box in paragraph for part in _divided(box, min(measures))]
    ways = [(0, 0.0, 0)]  # for each box: the number of lines before it, their cost, and the start of the last of them
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
    """Return how far marks hang. Those of Chinese and Japanese count half, because half their square is white."""
    return sum(span([glyph]) / (2 if glyph.face and glyph.face.is_square else 1) for glyph in glyphs)


def _divided(box: Box, measure: float) -> Iterator[Box]:
    """Yield the parts of *box* that each fit on a line, or *box* itself where it fits."""
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
