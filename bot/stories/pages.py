"""Cut chapters into pages, when a story is loaded and never when a button is pressed.

A page ends between scenes where it can, else between paragraphs, else between sentences, else between words. The cuts
of a chapter are chosen together: of all places where a page may end, the cheapest way through is taken, where a page
costs the square of how far its length is from the best, and a cut costs more the closer it holds together what it
parts. So no page is a stub and scenes stay whole. Inside a paragraph a page ends only where the paragraph alone exceeds
`PAGE_CHARS`.

Where pages begin is stored for three lengths, the prose itself once. A button or a bookmark knows a chapter and an
offset, so it means the same place in pages of every length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import inf, sqrt
from operator import attrgetter
from typing import NamedTuple

import regex

from bot.stories.emphasis import split_spans
from bot.stories.model import SCENE_BREAK, Page, PageLength, Span

PAGE_CHARS = 2000
"""Characters of a page at most, without white space at its ends. Escaped it is at most twice as long, which stays
below the 4,096 characters of an embed's description in Discord."""

ANCHOR_CHARS = 1000
"""Characters of a search passage at most: all words that are searched for must stand in one."""

LIGHT_PAGE = 900
"""Characters of a page that costs nothing. Because a cut between paragraphs costs something, the cheapest page has
some 1,300 characters, about two screens of a phone."""

SCALES: dict[PageLength, float] = {"short": 0.5, "medium": 1.0, "long": 1.45}
"""Page lengths as a multiple of medium ones: some 650, 1,300 and 1,900 characters."""

# What a cut costs, besides the square of a page's difference from LIGHT_PAGE. Each kind costs so much that better
# lengths never make up for it where the kind before it would do.
_SCENE, _PARAGRAPH, _SENTENCE, _WORD = 0, 940**2, 1500**2, 2900**2

_SPAN_CHARS = 4  # characters that Discord's marks for one span of emphasis take
_GAP = regex.compile(r"\n{2,}")
_BREAK = regex.compile(r"\n+")
_AT_GRAPHEME = r"(?=\S)(?![\p{GCB=EX}\p{GCB=SM}\p{GCB=ZWJ}])"
_LINES = regex.compile(r"\n(?=[^\n])")
_SENTENCES = regex.compile(rf"[.!?…][\"”»’')\]*_]*+(?P<gap>\s++){_AT_GRAPHEME}|[。！？」]+(?P<gap>){_AT_GRAPHEME}")
_WORDS = regex.compile(rf"(?P<gap>\s++){_AT_GRAPHEME}")
_SLICE = 64  # characters in which graphemes are searched for at once
_GRAPHEMES = regex.compile(r"\X")


class _Place(NamedTuple):
    """Where a page may end: its text ends at *end*, and after white space the next page begins at *start*."""

    end: int
    start: int
    cost: int


_start_of = attrgetter("start")
_cost_of = attrgetter("cost")


def page_starts(
    prose: str, spans: Sequence[Span] = (), *, limit: int = PAGE_CHARS, lengths: Iterable[PageLength] = SCALES
) -> dict[PageLength, list[int]]:
    """Return, for each of the page *lengths*, the offsets at which pages begin in *prose*.

    A page has at most *limit* characters without white space at its ends. A verse that fits on a page is never cut, a
    longer one only between its lines. A grapheme is cut only where it alone exceeds a page. Where the *spans* of
    emphasis are dense, pages are shorter, because the marks of emphasis need room.
    """
    if not prose:
        return {length: [] for length in lengths}
    limit -= _room(prose, spans, limit)
    places = list(_thinned(_places(prose, limit), limit))
    return {length: _best_starts(places, limit, SCALES[length]) for length in lengths}


def cut(prose: str, spans: Sequence[Span] = (), starts: Sequence[int] | None = None) -> tuple[Page, ...]:
    """Return *prose* as pages that begin at *starts*, or as medium pages without; the pages joined are *prose*."""
    starts = page_starts(prose, spans)["medium"] if starts is None else starts
    ends = [*starts, len(prose)] if prose else []
    shares = split_spans(spans, ends)
    return tuple(
        Page(start, prose[start:end], share) for (start, end), share in zip(pairwise(ends), shares, strict=True)
    )


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


def _best_starts(places: list[_Place], limit: int, scale: float) -> list[int]:
    """Return where the pages begin on the cheapest way through the *places*, from the first to the last.

    With *scale* all costs change so that pages are so many times as long as medium ones.

    What a way through costs that begins its last page at some place is a parabola over where that page ends, and all
    these parabolas have one width. So of two places the later one is the better from where their parabolas cross, and
    *lines* are the places of which each is once the best, in order.
    """
    light, dear = min(LIGHT_PAGE * scale, limit), scale**2
    starts = [place.start for place in places]
    cheapest = [0.0] * len(places)
    before = [0] * len(places)
    lines, crossings, first = [0], [-inf], 0

    def crossing(one: int, later: int) -> float:
        """Return the end from which on, less a light page, a page does better to begin at *later*."""
        start, next_start = starts[one], starts[later]
        dearer = cheapest[later] - cheapest[one] + (next_start * next_start - start * start)
        return dearer / (2 * (next_start - start)) if next_start > start else inf if dearer >= 0 else -inf

    for i in range(1, len(places)):
        if i > 1:
            crossed = crossing(lines[-1], i - 1)
            while len(lines) - first > 1 and crossed <= crossings[-1]:
                del lines[-1], crossings[-1]
                crossed = crossing(lines[-1], i - 1)
            lines.append(i - 1)
            crossings.append(crossed)
        end = places[i].end
        full = end - light
        while first + 1 < len(lines) and crossings[first + 1] < full:
            first += 1
        best = lines[first]
        if starts[best] < end - limit:
            nearest = max(before[i - 1], bisect_left(starts, end - limit, 0, i - 1))
            worth = cheapest[nearest] + (full - starts[nearest]) ** 2 - min(cheapest[nearest:i])
            beyond = bisect_right(starts, full + sqrt(worth), nearest + 1, i)  # a shorter page costs more in any case
            costs = [
                cost + (full - start) * (full - start)
                for cost, start in zip(cheapest[nearest:beyond], starts[nearest:beyond], strict=True)
            ]
            best = nearest + costs.index(min(costs))
        before[i] = best
        cheapest[i] = cheapest[best] + (full - starts[best]) ** 2 + places[i].cost * dear
    chosen: list[int] = []
    i = len(places) - 1
    while i:
        i = before[i]
        chosen.append(starts[i])
    return chosen[::-1]


def _thinned(places: Iterable[_Place], limit: int) -> Iterator[_Place]:
    """Keep, of the places within a fortieth of a page, the first, the last, the cheapest and the last between scenes.

    So no text makes the choice slow, and still no two places are further apart than a page.
    """
    for _, group in groupby(places, key=lambda place: place.start // max(1, limit // 40)):
        crowd = list(group)
        if len(crowd) == 1:  # as between most paragraphs
            yield crowd[0]
            continue
        cheapest = min(crowd, key=_cost_of)
        scene = next((place for place in reversed(crowd) if place.cost == _SCENE), cheapest)
        yield from sorted({crowd[0], cheapest, scene, crowd[-1]}, key=_start_of)


def _places(prose: str, limit: int) -> Iterator[_Place]:
    """Yield every place where a page may end, in order; no two are further apart than *limit*."""
    yield _Place(0, 0, 0)
    start = 0
    for gap in _GAP.finditer(prose):
        if gap.start() > start:
            yield from _within_block(prose, start, gap.start(), limit)
            if gap.end() < len(prose):
                cost = _SCENE if len(gap[0]) >= len(SCENE_BREAK) else _PARAGRAPH
                yield _Place(gap.start(), gap.end(), cost)
        start = gap.end()
    yield from _within_block(prose, start, len(prose), limit)
    yield _Place(len(prose.rstrip()), len(prose), 0)


def _within_block(prose: str, start: int, end: int, limit: int) -> Iterator[_Place]:
    """Yield places within a block that is longer than a page: at lines or sentences, else words, else graphemes."""
    if end - start <= limit:
        return
    pattern = _LINES if "\n" in prose[start:end] else _SENTENCES
    for piece, stop in _pieces(pattern, prose, start, end, limit, _SENTENCE):
        for word, gap in _pieces(_WORDS, prose, piece, stop.end, limit, _WORD) if stop.end - piece > limit else ():
            if gap.end - word > limit:
                yield from _within_word(prose, word, gap.end, limit)
            if gap.start < stop.end:
                yield gap
        if stop.start < end:
            yield stop


def _within_word(prose: str, start: int, end: int, limit: int) -> Iterator[_Place]:
    page = start
    for first, last in _graphemes(prose, start, end):
        if last - page > limit and first > page:
            page = first
            yield _Place(page, page, _WORD)
        while last - page > limit:
            page += limit
            yield _Place(page, page, _WORD)


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


def _pieces(
    pattern: regex.Pattern[str], prose: str, start: int, end: int, limit: int, cost: int
) -> Iterator[tuple[int, _Place]]:
    """Yield where each piece between the matches of *pattern* begins, and the place at its end.

    A match less than a hundredth of a page after another is skipped, or a text of full stops would be slow.
    """
    at = start
    while (match := pattern.search(prose, at, end)) is not None:
        if start < match.end() < end:
            gap = match.start("gap") if "gap" in pattern.groupindex else match.start()
            yield start, _Place(gap, match.end(), cost)
            start = match.end()
        at = match.end() + limit // 100
    yield start, _Place(end, end, 0)
