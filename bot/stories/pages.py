"""Cut chapters into pages when a story is loaded, never when a button is pressed.

A page is a screen, so its size is in lines and columns: dialogue and verse have short lines, and a page measured in
characters would be too high. A line of verse or a paragraph takes as many lines as its columns fill; titles and notes
around the text of a chapter's first and last page take lines of their own.

A page ends between scenes if possible, else between paragraphs, sentences or words. All cuts of a chapter are chosen
together, as the cheapest path through the places where a page may end. A page costs the square of its empty lines, and
a cut costs more the closer the text around it belongs together. So a page ends after a paragraph even if half of the
page stays empty, no page is nearly empty, and a speech is cut only if it is longer than a page.

The starts of pages are stored for two page lengths, the prose once. Buttons and bookmarks hold a chapter and an offset,
so they point to the same place with either page length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.stories.emphasis import split_spans
from bot.stories.model import Chapter, Page, PageLength, Span
from bot.stories.page_places import (
    SHAPES,
    Block,
    Frame,
    Place,
    Shape,
    blocks_in,
    places_in,
    tenths,
)
from bot.stories.text_width import Width, width_of

PAGE_CHARS = 1750
"""Maximum characters of a page, without white space at its ends. Escaping at most doubles their number, which leaves
room for titles and notes in the 4,096 characters of an embed's description.
"""

WHOLE_CHARS = 1_100
"""Maximum characters of a story that is one page, though it is higher than a phone's screen."""

BARE: dict[PageLength, Frame] = {length: Frame() for length in SHAPES}

_SPAN_CHARS = 4  # characters of Discord's marks for one span of emphasis
_BREAK = re.compile(r"\n+")


def page_starts(
    prose: str,
    spans: Sequence[Span] = (),
    frames: Mapping[PageLength, Frame] = BARE,
    *,
    limit: int = PAGE_CHARS,
) -> dict[PageLength, list[int]]:
    """Return the offsets at which pages begin in *prose*, for each page length.

    A page has at most the lines of its `Shape` less those of its frame, and *limit* characters without white space at
    its ends. Verse that fits a page is never cut; longer verse is cut between lines. A grapheme is cut only if it alone
    exceeds a page. Where *spans* are dense, pages are shorter to leave room for emphasis marks.
    """
    limit -= _room(prose, spans, limit)
    width, blocks = width_of(prose), list(blocks_in(prose))
    return {length: _starts(prose, blocks, SHAPES[length], frame, limit, width) for length, frame in frames.items()}


def starts_of_story(
    prose: str, spans: Sequence[Span], frames: Mapping[PageLength, Frame], *, is_whole: bool
) -> dict[PageLength, list[int]]:
    """Return the offsets at which pages begin in a chapter; *is_whole* means that it is the whole story."""
    if is_whole and 0 < len(prose) + _SPAN_CHARS * len(spans) <= WHOLE_CHARS:
        return {length: [0] for length in frames}
    return page_starts(prose, spans, frames)


def words_between(prose: str, starts: Sequence[int]) -> list[int]:
    """Return the number of words in each part of *prose*; the parts begin at *starts*."""
    return [len(prose[start:end].split()) for start, end in pairwise([*starts, len(prose)])]


def pages_of(chapter: Chapter) -> tuple[Page, ...]:
    """Return the phone pages of *chapter*."""
    return cut(chapter.prose, chapter.spans, chapter.page_starts["phone"])


def cut(prose: str, spans: Sequence[Span] = (), starts: Sequence[int] | None = None) -> tuple[Page, ...]:
    """Return *prose* as pages that begin at *starts*; by default as desktop pages."""
    starts = page_starts(prose, spans, {"desktop": Frame()})["desktop"] if starts is None else starts
    ends = [*starts, len(prose)] if prose else []
    shares = split_spans(spans, ends)
    return tuple(
        Page(start, prose[start:end], share) for (start, end), share in zip(pairwise(ends), shares, strict=True)
    )


def _room(prose: str, spans: Sequence[Span], limit: int) -> int:
    """Return how many characters of a page to reserve for the densest emphasis marks; at most half of *limit*."""
    if not spans:
        return 0
    breaks = [match.end() for match in _BREAK.finditer(prose)]
    opened = sorted(  # each line that a span covers has its own marks
        place
        for span in spans
        for place in (span.start, *breaks[bisect_right(breaks, span.start) : bisect_left(breaks, span.end)])
    )
    densest = max(bisect_left(opened, start + limit, i) - i for i, start in enumerate(opened))
    return min(limit // 2, densest * _SPAN_CHARS // 2)


def _starts(prose: str, blocks: Sequence[Block], shape: Shape, frame: Frame, limit: int, width: Width) -> list[int]:
    if not prose:
        return []
    full = tenths(shape.lines)
    return _best_starts(list(places_in(prose, blocks, shape, frame, limit, width)), full, limit)


def _best_starts(places: list[Place], full: int, limit: int) -> list[int]:
    """Return the starts of pages on the cheapest path through *places*, from the first to the last.

    A page costs the square of its empty lines. So of two places where a page may begin, the later one is cheaper from
    some end of the page on. Beginnings wait in a queue sorted by that end; a beginning that is never the cheapest is
    dropped. So each place is compared only a few times, however many places fit on a page.
    """
    ends, starts, costs, heights, bases = zip(*places, strict=True)
    prices = [round(cost * full * full) for cost in costs]
    paid = [bases[0] ** 2]  # cost of all pages up to a place, and the fixed part of the next page's cost
    before = [0]
    waiting, turns, best_index = [0], [0], 0
    too_far = list(_first_too_far(ends, starts, heights, bases, full, limit))
    for i in range(1, len(places)):
        while best_index + 1 < len(waiting) and turns[best_index + 1] <= i:
            best_index += 1
        begin, left, base = waiting[best_index], full - heights[i], bases[i]
        before.append(begin)
        paid.append(paid[begin] + left * (left + 2 * bases[begin]) + prices[i] + base * base)
        while True:
            rival = waiting[-1]
            if further := 2 * (base - bases[rival]):
                even = full + (paid[i] - paid[rival]) // further  # at this height both starts cost the same
            else:
                even = -1 if paid[i] < paid[rival] else heights[-1]
            turn = bisect_right(heights, even, i + 1, too_far[rival])
            if turn > turns[-1] or len(waiting) == best_index + 1:
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
    """Yield, for each place, the index of the first place that is too far away to end a page that begins there."""
    end = 0
    for start, base in zip(starts, bases, strict=True):
        while end < len(ends) and heights[end] - base <= full and ends[end] - start <= limit:
            end += 1
        yield end
