"""Chapters are cut into pages when a story is loaded, never when a button is pressed.

A page breaks between scenes where it can, else between paragraphs, else between sentences, else between words.
Among the ways that this leaves, the cut is chosen for the chapter as a whole, so that no page is a stub.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import regex

from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK, Page

PAGE_CHARS = 2000
"""Characters: no page is longer. Escaped twofold it stays under the 4,096 of Discord's embed description."""

GOOD_PAGE = 1200
"""Characters: about two screens of a phone, what is read at one go before a thumb moves."""

_SENTENCE = regex.compile(r"(?<=[.!?…][\"”»’')\]*_]*)\s+(?=\S)|(?<=[。！？」])(?=\S)")
_WORD = regex.compile(r"(?<=\s)(?=\S)")
_GRAPHEME = regex.compile(r"\X")

# What a cut costs beside the lengths of the pages it makes: the square of a deviation in characters.
_SCENE, _PARAGRAPH, _INSIDE = 0, 200**2, 600**2


def cut(prose: str, limit: int = PAGE_CHARS, good: int = GOOD_PAGE) -> tuple[Page, ...]:
    """Cut *prose* into pages of at most *limit* characters, each near *good*.

    Joined with nothing between, the pages are *prose*. A verse that fits on a page is never cut, a longer one
    only between its lines; a grapheme is cut only where it alone exceeds a page.
    """
    cuts = _best_cuts(list(_places(prose, limit)), limit, min(good, limit))
    return tuple(Page(start, prose[start:end]) for start, end in pairwise(cuts))


def _best_cuts(places: list[tuple[int, int]], limit: int, good: int) -> list[int]:
    """The cheapest way through the *places* (offset, cost), the first and the last of which are the chapter's ends."""
    offsets = [offset for offset, _ in places]
    cheapest = [0] + [0] * (len(places) - 1)
    before = [0] * len(places)
    for i in range(1, len(places)):
        offset, own = places[i]
        nearest = bisect_left(offsets, offset - limit, 0, i)
        cost, before[i] = min((cheapest[j] + (offset - offsets[j] - good) ** 2, j) for j in range(nearest, i))
        cheapest[i] = cost + own
    cuts = [len(places) - 1]
    while cuts[-1]:
        cuts.append(before[cuts[-1]])
    return [offsets[i] for i in reversed(cuts)]


def _places(prose: str, limit: int) -> Iterator[tuple[int, int]]:
    """Every offset where a page may end, with what a cut there costs; no two are further apart than *limit*."""
    yield 0, 0
    start = 0
    for gap in regex.finditer(r"\n{2,}", prose):
        yield from _inside(prose, start, gap.end(), limit)
        yield gap.end(), _SCENE if len(gap[0]) >= len(SCENE_BREAK) else _PARAGRAPH
        start = gap.end()
    if start < len(prose):
        yield from _inside(prose, start, len(prose), limit)
        yield len(prose), 0


def _inside(prose: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Offsets within a block that is longer than a page: at its lines or sentences, else words, else graphemes."""
    if end - start <= limit:
        return
    block = prose[start:end]
    is_verse = "\n" in block.rstrip("\n")
    offsets = [
        start,
        *_offsets(regex.compile(r"(?<=\n)(?=[^\n])") if is_verse else _SENTENCE, prose, start, end),
        end,
    ]
    for low, high in pairwise(offsets):
        if high - low > limit:
            yield from ((offset, 2 * _INSIDE) for offset in _finer(prose, low, high, limit))
        if high < end:
            yield high, _INSIDE


def _offsets(pattern: regex.Pattern[str], prose: str, start: int, end: int) -> list[int]:
    return [match.end() for match in pattern.finditer(prose, start, end) if start < match.end() < end]


def _finer(prose: str, low: int, high: int, limit: int) -> Iterator[int]:
    """Cuts within one long sentence: between words, and where a word exceeds a page between graphemes."""
    words = [low, *_offsets(_WORD, prose, low, high), high]
    for begin, stop in pairwise(words):
        if stop - begin > limit:
            yield from _graphemes(prose, begin, stop, limit)
        if stop < high:
            yield stop


def _graphemes(prose: str, begin: int, stop: int, limit: int) -> Iterator[int]:
    page = begin
    for match in _GRAPHEME.finditer(prose, begin, stop):
        if match.end() - page > limit and match.start() > page:
            page = match.start()
            yield page
        while match.end() - page > limit:
            page += limit
            yield page


__all__ = ["GOOD_PAGE", "PAGE_CHARS", "PARAGRAPH_BREAK", "cut"]
