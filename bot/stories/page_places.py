"""The places where pages of a chapter may end, and the height of the text there.

A page may end between scenes, paragraphs, lines of a long verse, or sentences; between words only if a sentence is
longer than a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, pairwise
from math import ceil
from typing import NamedTuple

import regex

from bot.stories.model import SCENE_BREAK, PageLength
from bot.stories.text_width import Width

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
_WORDS = regex.compile(rf"(?P<gap>\s++){_AT_GRAPHEME}")
_SPEECH = regex.compile(
    r"“[^”]*+”|\"[^\"]*+\"|«[^»]*+»|„[^“”]*+[“”]|「[^」]*+」|‘(?:[^’]|’(?=\w))*+’|(?<!\w)'(?:[^']|'(?=\w))*+'"
)
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


def blocks_in(prose: str) -> Iterator[Block]:
    """Yield the blocks of *prose*."""
    start = 0
    for gap in chain(_GAP.finditer(prose), [None]):
        end, following = gap.span() if gap is not None else (len(prose), len(prose))
        if start < end:
            lines = _lines_within(prose, start, end)
            is_scene = following - end >= len(SCENE_BREAK)
            cost = SCENE if is_scene else _HELD if _is_salutation(prose, start, end) else _PARAGRAPH
            yield Block(start, end, following, cost, lines)
        start = following


def places_in(
    prose: str, blocks: Sequence[Block], shape: Shape, frame: Frame, limit: int, width: Width
) -> Iterator[Place]:
    """Yield all places where a page may end, in order; no two neighbouring places are further apart than a page.

    *limit* is the maximum number of characters of a page. *width* returns the columns between two offsets.
    """
    gap, ornament, above, below, most = map(tenths, (GAP, ORNAMENT, frame.above, frame.below, shape.lines))
    yield Place(0, 0, 0, 0, -above)
    height = 0
    last = len(blocks) - 1
    for number, block in enumerate(blocks):
        around = (0 if number else above) + (below if number == last else 0)
        room = _Room(prose, width, shape.columns, most - around, limit)
        yield from _within_block(block.lines, height, room)
        height += sum(room.height_of(start, end) for start, end in block.lines)
        if number < last:
            ended = height + ornament if block.cost == SCENE else height
            height = ended + gap
            yield Place(block.end, block.following, block.cost, ended, height)
    yield Place(len(prose.rstrip()), len(prose), 0, height + below, height + below)


@dataclass(frozen=True, slots=True)
class _Room:
    """The room for a block of *prose* on one page."""

    prose: str
    width: Width
    columns: int
    height: int
    """Height in tenths of a line."""
    chars: int

    def height_of(self, start: int, end: int) -> int:
        """Return the height of one line of prose, in tenths of a line."""
        return ceil(self.width(start, end) / self.columns) * LINE

    def exceeds(self, start: int, end: int) -> bool:
        """Return whether one line of prose is longer than a page."""
        return end - start > self.chars or self.height_of(start, end) > self.height


def _is_salutation(prose: str, start: int, end: int) -> bool:
    return end - start <= _SALUTATION and prose[end - 1] in ",،，、:：" and "\n" not in prose[start:end]


def _lines_within(prose: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    if prose.find("\n", start, end) < 0:
        return ((start, end),)
    bounds = [start - 1, *(line.start() for line in _LINE_END.finditer(prose, start, end)), end]
    return [(before + 1, line) for before, line in pairwise(bounds)]


def _within_block(lines: Sequence[tuple[int, int]], top: int, room: _Room) -> Iterator[Place]:
    """Yield places within a block that begins at height *top*: in prose at sentences, in long verse at lines.

    Cuts between words are allowed only if a line or a sentence exceeds a page, cuts within a word only if the word
    exceeds a page.
    """
    start, end = lines[0][0], lines[-1][1]
    if len(lines) == 1:
        yield from _placed(start, top, _sentences(start, end, room), room)
        return
    heights = [room.height_of(first, last) for first, last in lines]
    if sum(heights) <= room.height and end - start <= room.chars:
        return
    for (first, last), height in zip(lines, accumulate(heights, initial=top), strict=False):
        if first > start:
            yield Place(first - 1, first, _SENTENCE, height, height)
        if room.exceeds(first, last):
            yield from _placed(first, height, _words(first, last, room), room)


def _placed(start: int, top: int, stops: Iterable[_Stop], room: _Room) -> Iterator[Place]:
    """Yield the *stops* of a line that begins at offset *start* and height *top*, as places with heights.

    Heights assume that the line wraps as if uncut, so a page that begins within the line may be one
    line shorter than assumed.
    """
    filled = 0
    for stop in stops:
        ended = filled + room.width(start, stop.end)
        filled, start = ended + room.width(stop.end, stop.start), stop.start
        high, low = ceil(ended / room.columns) * LINE, filled // room.columns * LINE
        yield Place(stop.end, stop.start, stop.cost, top + high, top + low)


def _sentences(start: int, end: int, room: _Room) -> Iterator[_Stop]:
    """Yield the ends of sentences.

    If the paragraph exceeds a page, ends within speech or before a lower-case letter are included; in a sentence that
    exceeds a page, also the ends of words.
    """
    stops = _sentence_ends(start, end, room)
    if room.exceeds(start, end):
        return _with_finer(stops, _words, start, end, room)
    return (stop for stop in stops if stop.cost != _HELD)


def _sentence_ends(start: int, end: int, room: _Room) -> Iterator[_Stop]:
    """Yield the ends of all sentences but the last; those within speech or before a lower-case letter cost `_HELD`."""
    stops = list(_matches(_SENTENCES, start, end, room, _SENTENCE))
    speeches = [speech.span() for speech in _SPEECH.finditer(room.prose, start, end)] if stops else []
    speech = 0
    for stop in stops:
        while speech < len(speeches) and speeches[speech][1] <= stop.end:
            speech += 1
        is_held = room.prose[stop.start].islower() or (speech < len(speeches) and speeches[speech][0] < stop.end)
        yield stop._replace(cost=_HELD) if is_held else stop


def _words(start: int, end: int, room: _Room) -> Iterator[_Stop]:
    """Yield the ends of words, and places in a word that exceeds a page."""
    return _with_finer(_matches(_WORDS, start, end, room, _WORD), _within_word, start, end, room)


def _with_finer(
    stops: Iterator[_Stop], finer: Callable[[int, int, _Room], Iterator[_Stop]], start: int, end: int, room: _Room
) -> Iterator[_Stop]:
    """Yield *stops*, and those of *finer* where the text between two of them exceeds a page."""
    at = start
    for stop in chain(stops, [_Stop(end, end, 0)]):
        if room.exceeds(at, stop.end):
            yield from finer(at, stop.end, room)
        if stop.start < end:
            yield stop
        at = stop.start


def _within_word(start: int, end: int, room: _Room) -> Iterator[_Stop]:
    most = room.columns * (room.height // LINE)
    while room.exceeds(start, end):
        furthest = min(start + room.chars, end)
        reach = bisect_right(range(start + 2, furthest + 1), most, key=partial(room.width, start)) + start + 1
        start = _last_grapheme(room.prose, start, reach)
        yield _Stop(start, start, _WORD)


def _last_grapheme(prose: str, start: int, reach: int) -> int:
    """Return the start of the last grapheme up to *reach*; *reach* itself if none begins after *start*."""
    starts = [start + found.start() for found in _GRAPHEMES.finditer(prose[start : reach + 1])]
    return starts[-1] if len(starts) > 1 else reach


def _matches(pattern: regex.Pattern[str], start: int, end: int, room: _Room, cost: float) -> Iterator[_Stop]:
    """Yield the stops that *pattern* finds between *start* and *end*.

    A match that follows another by less than a hundredth of a page's characters is skipped; otherwise a text of full
    stops would be slow.
    """
    at = start
    while (match := pattern.search(room.prose, at, end)) is not None:
        if start < match.end() < end:
            yield _Stop(match.start("gap"), match.end(), cost)
        at = match.end() + room.chars // 100


def tenths(lines: float) -> int:
    """Return *lines* in tenths of a line, rounded up, without the rounding error of floats."""
    return ceil(round(LINE * lines, 6))
