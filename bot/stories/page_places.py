"""The places where pages of a chapter may end, and the height of the text there.

A page may end between scenes, paragraphs, lines of a long verse, or sentences; between words only if a sentence is
longer than a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise
from math import ceil
from typing import NamedTuple

import regex

from bot.stories.model import SCENE_BREAK, PageLength
from bot.stories.text_width import Width, characters

GAP = 0.8
"""Height of the gap between two paragraphs, in lines."""

ORNAMENT = 1 + GAP
"""Height, in lines, of an ornament between scenes together with the gap above it."""

LINE = 10
"""Height of a line, in tenths of a line: integers, since rounding errors of floats would reject a page exactly full."""


class Shape(NamedTuple):
    """Size of a page's text: maximum columns and lines. A wide character takes two columns."""

    columns: int
    lines: float


SHAPES: dict[PageLength, Shape] = {"phone": Shape(31, 26), "desktop": Shape(53, 32)}
"""Size of the text that fits a screen with its buttons: 360 × 740 points for a phone, 1280 × 900 for a desktop."""


class Frame(NamedTuple):
    """Lines reserved *above* the text of a chapter's first page, and *below* the text of its last page."""

    above: float = 0
    below: float = 0


# Cost of ending a page at a place, in the unit of the cost of blank space: the square of the blank share of the page.
# Ending between paragraphs costs as much as leaving 40 % blank (0.4² = 0.16). Ending between sentences or lines of a
# verse costs a further 0.26, about as much as another half page (0.5²). Ending inside speech, or between a salutation
# and its letter, costs more than a blank page. Ending inside a sentence is the last resort.
SCENE, _PARAGRAPH, _SENTENCE, _HELD, _WORD = 0.0, 0.16, 0.42, 4.0, 12.0

_SALUTATION = 40  # maximum characters of a salutation, a paragraph with a final comma or colon
_GAP = re.compile(r"\n{2,}")
_LINE_END = re.compile(r"\n")
_AT_GRAPHEME = r"(?=\S)(?![\p{GCB=EX}\p{GCB=SM}\p{GCB=ZWJ}])"
_SENTENCES = regex.compile(rf"[.!?…][\"”»’')\]*_]*+(?P<gap>\s++){_AT_GRAPHEME}|[。！？」]+(?P<gap>){_AT_GRAPHEME}")
_MAY_END = re.compile(r"[.!?…。！？」]++[\"”»’')\]*_]*+.")  # quick test: most paragraphs of one sentence need no search
_WORDS = regex.compile(rf"(?P<gap>\s++){_AT_GRAPHEME}")
_SPEECH = regex.compile(
    r"“[^”]*+”|\"[^\"]*+\"|«[^»]*+»|„[^“”]*+[“”]|「[^」]*+」|‘(?:[^’]|’(?=\w))*+’|(?<!\w)'(?:[^']|'(?=\w))*+'"
)
_SLICE = 64  # characters that are searched for graphemes at a time
_GRAPHEMES = regex.compile(r"\X")


class Place(NamedTuple):
    """A place where a page may end: its text ends at *end*; after white space, the next page begins at *start*.

    *height* and *base* are heights in tenths of a line from the chapter's beginning: *height* at the end of this page's
    text, *base* at the start of the next page's.
    """

    end: int
    start: int
    cost: float
    height: int
    base: int


class _Stop(NamedTuple):
    """A place within a block where a page may end: text ends at *end* and continues at *start*."""

    end: int
    start: int
    cost: float


class Block(NamedTuple):
    """A paragraph or a verse, with everything that is the same for all page lengths."""

    start: int
    end: int
    following: int
    """Start of the next block, or the end of the chapter after the last block."""
    cost: float
    """Cost of ending a page below the block."""
    lines: Sequence[tuple[int, int]]
    """Start and end of each line in the block; a paragraph has one line."""
    stops: Sequence[_Stop]
    """Ends of sentences in a block of one line that has at most the characters of a page; empty for other blocks."""


def blocks_in(prose: str, limit: int) -> Iterator[Block]:
    """Yield the blocks of *prose*, for pages of at most *limit* characters."""
    start = 0
    for gap in chain(_GAP.finditer(prose), [None]):
        end, following = gap.span() if gap is not None else (len(prose), len(prose))
        if start < end:
            lines = _lines_within(prose, start, end)
            has_stops = len(lines) == 1 and end - start <= limit and _MAY_END.search(prose, start, end) is not None
            stops = list(_stops(prose, start, end, limit)) if has_stops else ()
            is_scene = following - end >= len(SCENE_BREAK)
            cost = SCENE if is_scene else _HELD if _is_salutation(prose, start, end) else _PARAGRAPH
            yield Block(start, end, following, cost, lines, stops)
        start = following


def places_in(
    prose: str, blocks: Sequence[Block], shape: Shape, frame: Frame, limit: int, counted: Width | None
) -> Iterator[Place]:
    """Yield all places where a page may end, in order; no two neighbouring places are further apart than a page.

    *limit* is the maximum number of characters of a page. *counted* returns the columns between two offsets; None if
    each character has one column.
    """
    columns = shape.columns
    width = counted or partial(characters, prose)
    gap, ornament, above, below, room = map(tenths, (GAP, ORNAMENT, frame.above, frame.below, shape.lines))
    yield Place(0, 0, 0, 0, -above)
    height = 0
    last = len(blocks) - 1
    for number, (start, end, following, cost, lines, stops) in enumerate(blocks):
        most = room - (0 if number else above) - (below if number == last else 0)
        wide = counted(start, end) if counted else end - start
        if len(lines) == 1 and end - start <= limit and wide <= most // LINE * columns:
            for end_of, start_of, cost_of in stops:
                ended, filled = end_of - start, start_of - start
                if counted:
                    ended, filled = counted(start, end_of), counted(start, start_of)
                high, low = ceil(ended / columns) * LINE, filled // columns * LINE
                yield Place(end_of, start_of, cost_of, height + high, height + low)
            height += ceil(wide / columns) * LINE
        else:
            heights = [ceil(width(first, end_of) / columns) * LINE for first, end_of in lines]
            yield from _within_block(prose, lines, heights, height, _Room(columns, most, limit), width)
            height += sum(heights)
        if number < last:
            ended = height + ornament if cost == SCENE else height
            height = ended + gap
            yield Place(end, following, cost, ended, height)
    yield Place(len(prose.rstrip()), len(prose), 0, height + below, height + below)


class _Room(NamedTuple):
    """Maximum size of a block on one page: columns, height in tenths of a line, and characters."""

    columns: int
    height: int
    chars: int


def _is_salutation(prose: str, start: int, end: int) -> bool:
    return end - start <= _SALUTATION and prose[end - 1] in ",،，、:：" and "\n" not in prose[start:end]


def _lines_within(prose: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    if prose.find("\n", start, end) < 0:
        return ((start, end),)
    bounds = [start - 1, *(line.start() for line in _LINE_END.finditer(prose, start, end)), end]
    return [(before + 1, line) for before, line in pairwise(bounds)]


def _within_block(
    prose: str, lines: Sequence[tuple[int, int]], heights: Sequence[int], top: int, room: _Room, width: Width
) -> Iterator[Place]:
    """Yield places within a block that begins at height *top*: in prose at sentences, in long verse at lines.

    Cuts between words are allowed only if a line or a sentence exceeds a page, cuts within a word only if the word
    exceeds a page.
    """
    start, end = lines[0][0], lines[-1][1]
    if len(lines) == 1:
        yield from _placed(prose, start, top, _sentences(prose, start, end, room, width), room.columns, width)
        return
    if sum(heights) <= room.height and end - start <= room.chars:
        return
    for (first, last), high, height in zip(lines, heights, accumulate(heights, initial=top), strict=False):
        if first > start:
            yield Place(first - 1, first, _SENTENCE, height, height)
        if high > room.height or last - first > room.chars:
            yield from _placed(prose, first, height, _words(prose, first, last, room, width), room.columns, width)


def _placed(prose: str, start: int, top: int, stops: Iterable[_Stop], columns: int, width: Width) -> Iterator[Place]:
    """Yield the *stops* of a line that begins at offset *start* and height *top*, as places with heights.

    Heights assume that the line wraps as if uncut, so a page that begins within the line may be one
    line shorter than assumed.
    """
    filled = 0
    for stop in stops:
        ended = filled + width(start, stop.end)
        filled, start = ended + width(stop.end, stop.start), stop.start
        high, low = ceil(ended / columns) * LINE, filled // columns * LINE
        yield Place(stop.end, stop.start, stop.cost, top + high, top + low)


def _sentences(prose: str, start: int, end: int, room: _Room, width: Width) -> Iterator[_Stop]:
    """Yield the ends of sentences.

    If the paragraph exceeds a page, ends within speech or before a lower-case letter are included; in a sentence that
    exceeds a page, also the ends of words.
    """
    if not _exceeds(start, end, room, width):
        yield from _stops(prose, start, end, room.chars)
        return
    at = start
    for stop in (*_sentence_ends(prose, start, end, room.chars), _Stop(end, end, 0)):
        if _exceeds(at, stop.end, room, width):
            yield from _words(prose, at, stop.end, room, width)
        if stop.start < end:
            yield stop
        at = stop.start


def _stops(prose: str, start: int, end: int, limit: int) -> Iterator[_Stop]:
    """Yield the ends of sentences, except those within speech or before a lower-case letter."""
    return (stop for stop in _sentence_ends(prose, start, end, limit) if stop.cost != _HELD)


def _sentence_ends(prose: str, start: int, end: int, limit: int) -> Iterator[_Stop]:
    """Yield the ends of all sentences but the last; those within speech or before a lower-case letter cost `_HELD`."""
    stops = list(_matches(_SENTENCES, prose, start, end, limit, _SENTENCE))
    speeches = [speech.span() for speech in _SPEECH.finditer(prose, start, end)] if stops else []
    speech = 0
    for stop in stops:
        while speech < len(speeches) and speeches[speech][1] <= stop.end:
            speech += 1
        is_held = prose[stop.start].islower() or (speech < len(speeches) and speeches[speech][0] < stop.end)
        yield stop._replace(cost=_HELD) if is_held else stop


def _words(prose: str, start: int, end: int, room: _Room, width: Width) -> Iterator[_Stop]:
    at = start
    for stop in (*_matches(_WORDS, prose, start, end, room.chars, _WORD), _Stop(end, end, 0)):
        if _exceeds(at, stop.end, room, width):
            yield from _within_word(prose, at, stop.end, room, width)
        if stop.start < end:
            yield stop
        at = stop.start


def _exceeds(start: int, end: int, room: _Room, width: Width) -> bool:
    return end - start > room.chars or ceil(width(start, end) / room.columns) * LINE > room.height


def _within_word(prose: str, start: int, end: int, room: _Room, width: Width) -> Iterator[_Stop]:
    most = room.columns * (room.height // LINE)
    while end - start > room.chars or width(start, end) > most:
        furthest = min(start + room.chars, end)
        reach = bisect_right(range(start + 2, furthest + 1), most, key=partial(width, start)) + start + 1
        start = _last_grapheme(prose, start, reach)
        yield _Stop(start, start, _WORD)


def _last_grapheme(prose: str, start: int, reach: int) -> int:
    """Return the start of the last grapheme up to *reach*; *reach* itself if none begins after *start*."""
    if prose[reach - 1 : reach + 1].isascii():
        return reach
    return max((first for first, _ in _graphemes(prose, start, reach + 1) if first > start), default=reach)


def _graphemes(prose: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each grapheme.

    The text is searched in short slices: the end of a flag depends on all flags before it, so one search of a text of
    flags would take quadratic time.
    """
    size = _SLICE
    while start < end:
        stop = min(start + size, end)
        found = [(start + match.start(), start + match.end()) for match in _GRAPHEMES.finditer(prose[start:stop])]
        certain = found if stop == end else found[:-1]  # the last grapheme may continue after the slice
        yield from certain
        size = _SLICE if certain else 2 * size
        start = certain[-1][1] if certain else start


def _matches(pattern: regex.Pattern[str], prose: str, start: int, end: int, limit: int, cost: float) -> Iterator[_Stop]:
    """Yield the stops that *pattern* finds between *start* and *end*.

    A match that follows another by less than a hundredth of *limit*, the characters of a page, is skipped; otherwise a
    text of full stops would be slow.
    """
    at = start
    while (match := pattern.search(prose, at, end)) is not None:
        if start < match.end() < end:
            yield _Stop(match.start("gap"), match.end(), cost)
        at = match.end() + limit // 100


def tenths(lines: float) -> int:
    """Return *lines* in tenths of a line, rounded up, without the rounding error of floats."""
    return ceil(round(LINE * lines, 6))
