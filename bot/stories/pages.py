"""Cut chapters into pages, when a story is loaded and never when a button is pressed.

A page is a screen, so it is measured in lines of so many columns: talk and verse make short lines, and a page of so
many characters would be too high with them. A line of a verse, or a paragraph, takes as many lines as its columns fill;
what stands above the text of a chapter's first page and below that of its last takes its own.

A page ends between scenes where it can, else between paragraphs, else between sentences, else between words. The cuts
of a chapter are chosen together: of all places where a page may end, the cheapest way through is taken, where a page
costs the square of the lines that it leaves empty, and a cut costs more the closer it holds together what it parts. So
a page ends with a paragraph where that fills half of it, no page is a stub, and a speech is cut only where it does not
fit on a page by itself.

Where pages begin is stored for two lengths, the prose itself once. A button or a bookmark knows a chapter and an
offset, so it means the same place in pages of either length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise
from math import ceil
from operator import attrgetter
from typing import NamedTuple

import regex

from bot.stories.emphasis import split_spans
from bot.stories.model import SCENE_BREAK, Page, PageLength, Span

PAGE_CHARS = 1750
"""Characters of a page at most, without white space at its ends. Escaped it is at most twice as long, which leaves room
for what else stands in the 4,096 characters of an embed's description in Discord."""

GAP = 0.8
"""Lines that the blank between two paragraphs takes."""

_ORNAMENT = 1 + GAP  # lines of the ornament between two scenes, with the blank above it
_MOST_A_BREAK = (1 + GAP + _ORNAMENT) / len(SCENE_BREAK)  # lines that a line break makes at most: those between scenes

# Heights are whole tenths of a line. Sums of fractions are a little off, and a page that is just full would not fit.
_LINE = 10


class Shape(NamedTuple):
    """The text of a page: at most so many lines of so many columns. A wide character has two columns."""

    columns: int
    lines: float


SHAPES: dict[PageLength, Shape] = {"phone": Shape(31, 26), "desktop": Shape(53, 32)}
"""What fits a screen with its buttons: 360 × 740 points for a phone, 1280 × 900 for a desktop."""


class Frame(NamedTuple):
    """Lines that are not for a chapter's text: *above* it on its first page, *below* it on its last."""

    above: float = 0
    below: float = 0


BARE: dict[PageLength, Frame] = {length: Frame() for length in SHAPES}

# What a cut costs, in pages that are empty, squared: one between paragraphs as much as 40 % of a page, so that a scene
# ends a page that is 60 % full, and one between sentences 50 % more. What is held together (a speech, a salutation and
# its letter) costs more than a page that is quite empty, and a word is cut only where nothing else can be.
_SCENE, _PARAGRAPH, _SENTENCE, _HELD, _WORD = 0.0, 0.16, 0.42, 4.0, 12.0

_SPAN_CHARS = 4  # characters that Discord's marks for one span of emphasis take
_SALUTATION = 40  # characters of a paragraph at most that a comma at its end makes one with the next
_GAP = re.compile(r"\n{2,}")
_BREAK = re.compile(r"\n+")
_LINE_END = re.compile(r"\n")
_AT_GRAPHEME = r"(?=\S)(?![\p{GCB=EX}\p{GCB=SM}\p{GCB=ZWJ}])"
_SENTENCES = regex.compile(rf"[.!?…][\"”»’')\]*_]*+(?P<gap>\s++){_AT_GRAPHEME}|[。！？」]+(?P<gap>){_AT_GRAPHEME}")
_MAY_END = re.compile(r"[.!?…。！？」]++[\"”»’')\]*_]*+.")  # many paragraphs are one sentence
_WORDS = regex.compile(rf"(?P<gap>\s++){_AT_GRAPHEME}")
_SPEECH = regex.compile(
    r"“[^”]*+”|\"[^\"]*+\"|«[^»]*+»|„[^“”]*+[“”]|「[^」]*+」|‘(?:[^’]|’(?=\w))*+’|(?<!\w)'(?:[^']|'(?=\w))*+'"
)
_SLICE = 64  # characters in which graphemes are searched for at once
_GRAPHEMES = regex.compile(r"\X")
_WIDE = regex.compile(r"[\p{East_Asian_Width=W}\p{East_Asian_Width=F}]")
_NARROW = regex.compile(r"[\p{Mn}\p{Me}\p{Cf}]")
_ODD = re.compile("[\xad\u0300-\u200f\u202a-\U0010ffff]+")  # what may be wide or narrow: typographic signs are not
_TWO_COLUMNS, _ONE_COLUMN, _NO_COLUMN = "\ufdd0", "\ufdd1", "\ufdd2"  # no characters, so no prose has them


class _Place(NamedTuple):
    """Where a page may end: its text ends at *end*, and after white space the next page begins at *start*.

    Counted from the chapter's beginning, *height* tenths of a line are full at its end, and *base* before the next
    page's text.
    """

    end: int
    start: int
    cost: float
    height: int
    base: int


class _Stop(NamedTuple):
    """A place within a block: its text ends at *end*, and goes on at *start*."""

    end: int
    start: int
    cost: float


_start_of = attrgetter("start")
_cost_of = attrgetter("cost")


def page_starts(
    prose: str,
    spans: Sequence[Span] = (),
    frames: Mapping[PageLength, Frame] = BARE,
    *,
    limit: int = PAGE_CHARS,
) -> dict[PageLength, list[int]]:
    """Return the offsets at which pages begin in *prose*, for each page length.

    A page has at most the lines of its `Shape` less those of its frame, and *limit* characters, without white space at
    its ends. A verse that fits on a page is never cut, a longer one only between its lines. A grapheme is cut only
    where it alone exceeds a page. Where the *spans* of emphasis are dense, pages are shorter, because the marks of
    emphasis need room.
    """
    limit -= _room(prose, spans, limit)
    width = _width_of(prose)
    if len(prose) <= limit and all(_is_short(prose, width, length, frame) for length, frame in frames.items()):
        return {length: [0] if prose else [] for length in frames}
    blocks = list(_blocks(prose, limit))
    return {length: _starts(prose, blocks, SHAPES[length], frame, limit, width) for length, frame in frames.items()}


def words_between(prose: str, starts: Sequence[int]) -> list[int]:
    """Return how many words each part of *prose* has, of those that begin at *starts*."""
    return [len(prose[start:end].split()) for start, end in pairwise([*starts, len(prose)])]


def word_counts(prose: str, starts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return `words_between` for each of several *starts*, with the words counted once where none is cut."""
    bounds = sorted({len(prose), *chain.from_iterable(starts)})
    if any(not prose[at - 1].isspace() and not prose[at : at + 1].isspace() for at in bounds[1:-1]):
        return [words_between(prose, each) for each in starts]
    before = dict(zip(bounds, accumulate(words_between(prose, bounds[:-1]), initial=0), strict=True))
    return [[before[end] - before[start] for start, end in pairwise([*each, len(prose)])] for each in starts]


def cut(prose: str, spans: Sequence[Span] = (), starts: Sequence[int] | None = None) -> tuple[Page, ...]:
    """Return *prose* as pages that begin at *starts*, or as desktop pages without; the pages joined are *prose*."""
    starts = page_starts(prose, spans, {"desktop": Frame()})["desktop"] if starts is None else starts
    ends = [*starts, len(prose)] if prose else []
    shares = split_spans(spans, ends)
    return tuple(
        Page(start, prose[start:end], share) for (start, end), share in zip(pairwise(ends), shares, strict=True)
    )


def lines_of(text: str, length: PageLength) -> float:
    """Return how many lines the *text* of a page takes, as pages of *length* are measured."""
    text = text.strip("\n")
    limit = len(text) + 1
    [*_, last] = _places(text, list(_blocks(text, limit)), SHAPES[length], Frame(), limit, _width_of(text))
    return last.height / _LINE


def _is_short(prose: str, width: _Width | None, length: PageLength, frame: Frame) -> bool:
    """Return whether *prose* surely fits on a page: it has not many lines, and not many that go on below."""
    columns = 2 * len(prose) if width else len(prose)
    most = 1 + _MOST_A_BREAK * prose.count("\n") + columns / SHAPES[length].columns
    return frame.above + most + frame.below <= SHAPES[length].lines


def _room(prose: str, spans: Sequence[Span], limit: int) -> int:
    """Return how many characters to keep free for emphasis, where it is densest; at most half of the page."""
    breaks = [match.end() for match in _BREAK.finditer(prose)]
    opened = sorted(  # emphasis is sent anew on every line that it covers
        place
        for span in spans
        for place in (span.start, *breaks[bisect_right(breaks, span.start) : bisect_left(breaks, span.end)])
    )
    densest = max((bisect_left(opened, start + limit, i) - i for i, start in enumerate(opened)), default=0)
    return min(limit // 2, densest * _SPAN_CHARS // 2)


def _starts(
    prose: str, blocks: Sequence[_Block], shape: Shape, frame: Frame, limit: int, width: _Width | None = None
) -> list[int]:
    if not prose:
        return []
    full = _tenths(shape.lines)
    return _best_starts(list(_thinned(_places(prose, blocks, shape, frame, limit, width), full, limit)), full, limit)


def _tenths(lines: float) -> int:
    """Return *lines* as tenths of a line: at least so many, but for what a sum of fractions is off."""
    return ceil(round(_LINE * lines, 6))


def _best_starts(places: list[_Place], full: int, limit: int) -> list[int]:
    """Return where the pages begin on the cheapest way through the *places*, from the first to the last.

    A page costs the square of the lines that it leaves empty. So of two places where it may begin the later one is the
    better one from some end on, and stays it. The places wait in the order of these ends, and one whose turn never
    comes is left out. So each is looked at a few times only, however many there are on a page.
    """
    ends, starts, costs, heights, bases = zip(*places, strict=True)
    prices = [round(cost * full * full) for cost in costs]
    paid = [bases[0] ** 2]  # what pages cost until a place, and of the next page what does not depend on its end
    before = [0]
    waiting, turns, best = [0], [0], 0
    too_far = list(_first_too_far(ends, starts, heights, bases, full, limit))
    for i in range(1, len(places)):
        while best + 1 < len(waiting) and turns[best + 1] <= i:
            best += 1
        begin, left, base = waiting[best], full - heights[i], bases[i]
        before.append(begin)
        paid.append(paid[begin] + left * (left + 2 * bases[begin]) + prices[i] + base * base)
        while True:
            rival = waiting[-1]
            if further := 2 * (base - bases[rival]):
                even = full + (paid[i] - paid[rival]) // further  # a page of this height costs as much from either
            else:
                even = -1 if paid[i] < paid[rival] else heights[-1]
            turn = bisect_right(heights, even, i + 1, too_far[rival])
            if turn > turns[-1] or len(waiting) == best + 1:
                break
            waiting.pop()
            turns.pop()
        waiting.append(i)
        turns.append(turn)
    chosen: list[int] = []
    i = len(places) - 1
    while i:
        i = before[i]
        chosen.append(starts[i])
    return chosen[::-1]


def _first_too_far(
    ends: Sequence[int], starts: Sequence[int], heights: Sequence[int], bases: Sequence[int], full: int, limit: int
) -> Iterator[int]:
    """Yield for each place the first end to which a page that begins at it does not reach."""
    end = 0
    for start, base in zip(starts, bases, strict=True):
        while end < len(ends) and heights[end] - base <= full and ends[end] - start <= limit:
            end += 1
        yield end


def _thinned(places: Iterable[_Place], full: int, limit: int) -> Iterator[_Place]:
    """Keep, of the places within a fortieth of a page, the first, the last, the cheapest and the last between scenes.

    So no text makes the choice slow, and still no two places are further apart than a page.
    """
    high, wide = full / 40, max(1, limit // 40)

    def part_of(place: _Place) -> tuple[float, int]:
        return place.base // high, place.start // wide

    crowd: list[_Place] = []
    for place in places:
        if crowd and place.base - crowd[0].base < high and part_of(place) == part_of(crowd[0]):
            crowd.append(place)
        else:
            yield from crowd if len(crowd) < 3 else _of_crowd(crowd)
            crowd = [place]
    yield from crowd if len(crowd) < 3 else _of_crowd(crowd)


def _of_crowd(crowd: Sequence[_Place]) -> Iterator[_Place]:
    cheapest = min(crowd, key=_cost_of)
    scene = next((place for place in reversed(crowd) if place.cost == _SCENE), cheapest)
    yield from sorted({crowd[0], cheapest, scene, crowd[-1]}, key=_start_of)


class _Block(NamedTuple):
    """A paragraph or a verse, and what is the same for pages of every shape."""

    start: int
    end: int
    following: int
    """Where the next one starts; the last one has none, and ends the chapter."""
    cost: float
    """What a cut below it costs."""
    lines: Sequence[tuple[int, int]]
    """Where its lines begin and end; a paragraph has one."""
    stops: Sequence[_Stop]
    """The ends of its sentences where it is one line that fits a page."""


def _blocks(prose: str, limit: int) -> Iterator[_Block]:
    """Yield the blocks of *prose* for pages of so many characters at most."""
    start = 0
    for gap in chain(_GAP.finditer(prose), [None]):
        end, following = gap.span() if gap is not None else (len(prose), len(prose))
        if start < end:
            lines = _lines_within(prose, start, end)
            has_stops = len(lines) == 1 and end - start <= limit and _MAY_END.search(prose, start, end) is not None
            stops = list(_stops(prose, start, end, limit)) if has_stops else ()
            is_scene = following - end >= len(SCENE_BREAK)
            cost = _SCENE if is_scene else _HELD if _is_salutation(prose, start, end) else _PARAGRAPH
            yield _Block(start, end, following, cost, lines, stops)
        start = following


def _places(
    prose: str, blocks: Sequence[_Block], shape: Shape, frame: Frame, limit: int, counted: _Width | None
) -> Iterator[_Place]:
    """Yield every place where a page may end, in order; no two are further apart than a page.

    Columns are *counted* where they are not the characters.
    """
    columns = shape.columns
    width = counted or partial(_characters, prose)
    gap, ornament, above, below, room = map(_tenths, (GAP, _ORNAMENT, frame.above, frame.below, shape.lines))
    yield _Place(0, 0, 0, 0, -above)
    height = 0
    last = len(blocks) - 1
    for number, (start, end, following, cost, lines, stops) in enumerate(blocks):
        most = room - (0 if number else above) - (below if number == last else 0)
        wide = counted(start, end) if counted else end - start
        if len(lines) == 1 and end - start <= limit and wide <= most // _LINE * columns:
            for end_of, start_of, cost_of in stops:
                ended, filled = end_of - start, start_of - start
                if counted:
                    ended, filled = counted(start, end_of), counted(start, start_of)
                high, low = ceil(ended / columns) * _LINE, filled // columns * _LINE
                yield _Place(end_of, start_of, cost_of, height + high, height + low)
            height += ceil(wide / columns) * _LINE
        else:
            heights = [ceil(width(first, end_of) / columns) * _LINE for first, end_of in lines]
            yield from _within_block(prose, lines, heights, height, _Room(columns, most, limit), width)
            height += sum(heights)
        if number < last:
            ended = height + ornament if cost == _SCENE else height
            height = ended + gap
            yield _Place(end, following, cost, ended, height)
    yield _Place(len(prose.rstrip()), len(prose), 0, height + below, height + below)


class _Room(NamedTuple):
    """What there is for a block on a page by itself: so many tenths of lines of so many columns, and characters."""

    columns: int
    height: int
    chars: int


_Width = Callable[[int, int], int]
"""Returns the columns of the prose between two offsets."""


def _width_of(prose: str) -> _Width | None:
    """Return what counts the columns of *prose*; None where each character has one."""
    if not _ODD.search(prose):
        return None
    kinds = _Kinds()
    counted = _ODD.sub(lambda odd: odd[0].translate(kinds), prose)
    return partial(_columns, counted) if _TWO_COLUMNS in counted or _NO_COLUMN in counted else None


class _Kinds(dict[int, str]):
    """What stands for a character whose columns are counted, by its code; a table of `str.translate`."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        columns = 1 + bool(_WIDE.match(sign)) - bool(_NARROW.match(sign))
        self[code] = kind = (_NO_COLUMN, _ONE_COLUMN, _TWO_COLUMNS)[columns]
        return kind


def _characters(_: str, start: int, end: int) -> int:
    return end - start


def _columns(counted: str, start: int, end: int) -> int:
    """The columns of a part of prose: a wide character has two, a combining mark none."""
    return end - start + counted.count(_TWO_COLUMNS, start, end) - counted.count(_NO_COLUMN, start, end)


def _is_salutation(prose: str, start: int, end: int) -> bool:
    return end - start <= _SALUTATION and prose[end - 1] in ",،，、:：" and "\n" not in prose[start:end]


def _lines_within(prose: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    if prose.find("\n", start, end) < 0:
        return ((start, end),)
    bounds = [start - 1, *(line.start() for line in _LINE_END.finditer(prose, start, end)), end]
    return [(before + 1, line) for before, line in pairwise(bounds)]


def _within_block(
    prose: str, lines: Sequence[tuple[int, int]], heights: Sequence[int], top: int, room: _Room, width: _Width
) -> Iterator[_Place]:
    """Yield places within a block whose *top* is so high: in prose at sentences, in long verse at lines.

    Words are parted only where a line or a sentence exceeds a page, and graphemes where a word does.
    """
    start, end = lines[0][0], lines[-1][1]
    if len(lines) == 1:
        yield from _placed(prose, start, top, _sentences(prose, start, end, room, width), room.columns, width)
        return
    if sum(heights) <= room.height and end - start <= room.chars:
        return
    for (first, last), high, height in zip(lines, heights, accumulate(heights, initial=top), strict=False):
        if first > start:
            yield _Place(first - 1, first, _SENTENCE, height, height)
        if high > room.height or last - first > room.chars:
            yield from _placed(prose, first, height, _words(prose, first, last, room, width), room.columns, width)


def _placed(prose: str, start: int, top: int, stops: Iterable[_Stop], columns: int, width: _Width) -> Iterator[_Place]:
    """Yield the *stops* of a line that begins at *start* below *top*, with their heights.

    The line goes on where it would have without the stop, so a page that begins in it is at most a line less high.
    """
    filled = 0
    for stop in stops:
        ended = filled + width(start, stop.end)
        filled, start = ended + width(stop.end, stop.start), stop.start
        high, low = ceil(ended / columns) * _LINE, filled // columns * _LINE
        yield _Place(stop.end, stop.start, stop.cost, top + high, top + low)


def _sentences(prose: str, start: int, end: int, room: _Room, width: _Width) -> Iterator[_Stop]:
    """Yield the ends of sentences; within a speech or before a small letter only where the paragraph exceeds a page."""
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
    """Yield the ends of the sentences that are not held together with what follows."""
    return (stop for stop in _sentence_ends(prose, start, end, limit) if stop.cost != _HELD)


def _sentence_ends(prose: str, start: int, end: int, limit: int) -> Iterator[_Stop]:
    """Yield the ends of the sentences before the last; within a speech or before a small letter they are held."""
    stops = list(_matches(_SENTENCES, prose, start, end, limit, _SENTENCE))
    speeches = [speech.span() for speech in _SPEECH.finditer(prose, start, end)] if stops else []
    speech = 0
    for stop in stops:
        while speech < len(speeches) and speeches[speech][1] <= stop.end:
            speech += 1
        is_held = prose[stop.start].islower() or (speech < len(speeches) and speeches[speech][0] < stop.end)
        yield stop._replace(cost=_HELD) if is_held else stop


def _words(prose: str, start: int, end: int, room: _Room, width: _Width) -> Iterator[_Stop]:
    at = start
    for stop in (*_matches(_WORDS, prose, start, end, room.chars, _WORD), _Stop(end, end, 0)):
        if _exceeds(at, stop.end, room, width):
            yield from _within_word(prose, at, stop.end, room, width)
        if stop.start < end:
            yield stop
        at = stop.start


def _exceeds(start: int, end: int, room: _Room, width: _Width) -> bool:
    return end - start > room.chars or ceil(width(start, end) / room.columns) * _LINE > room.height


def _within_word(prose: str, start: int, end: int, room: _Room, width: _Width) -> Iterator[_Stop]:
    most = room.columns * (room.height // _LINE)
    while end - start > room.chars or width(start, end) > most:
        furthest = min(start + room.chars, end)
        reach = bisect_right(range(start + 2, furthest + 1), most, key=partial(width, start)) + start + 1
        start = _last_grapheme(prose, start, reach)
        yield _Stop(start, start, _WORD)


def _last_grapheme(prose: str, start: int, reach: int) -> int:
    """Return where the last grapheme begins that begins up to *reach*, or *reach* where none does after *start*."""
    if prose[reach - 1 : reach + 1].isascii():
        return reach
    return max((first for first, _ in _graphemes(prose, start, reach + 1) if first > start), default=reach)


def _graphemes(prose: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each grapheme begins and ends.

    They are searched for in short slices: whether a flag ends depends on all flags before it, which would be looked at
    again for each.
    """
    size = _SLICE
    while start < end:
        stop = min(start + size, end)
        found = [(start + match.start(), start + match.end()) for match in _GRAPHEMES.finditer(prose[start:stop])]
        certain = found if stop == end else found[:-1]  # the last may go on after the slice
        yield from certain
        size = _SLICE if certain else 2 * size
        start = certain[-1][1] if certain else start


def _matches(pattern: regex.Pattern[str], prose: str, start: int, end: int, limit: int, cost: float) -> Iterator[_Stop]:
    """Yield the stops that *pattern* finds between *start* and *end*.

    A match less than a hundredth of a page after another is skipped, or a text of full stops would be slow.
    """
    at = start
    while (match := pattern.search(prose, at, end)) is not None:
        if start < match.end() < end:
            yield _Stop(match.start("gap"), match.end(), cost)
        at = match.end() + limit // 100
