"""What is shown of a passage that was found: some words around the best place, and those looked for marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.stories.folding import Word, words_in
from bot.stories.model import ChapterSummary, Span, Spot, StorySummary
from bot.stories.query import Query, Term

EXCERPT_CHARS = 150
"""Characters of the story in an excerpt, about."""

LEAD_CHARS = 40
"""Characters before the first word looked for."""

ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some words of a passage on one line, an ellipsis where they are cut."""

    text: str
    marked: tuple[Span, ...]
    """The words looked for, as bold spans."""
    offset: int
    """Where in the passage the first of them stands."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and where it stands."""

    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    """Of the first word looked for in the excerpt."""
    percent: int
    """How much of the story comes before the passage."""
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found, counted from 0."""

    hits: tuple[Hit, ...]
    page: int
    pages: int
    total: int
    """Passages found, over all pages."""
    is_all: bool
    """Whether no more were looked at than are counted."""


@dataclass(frozen=True, slots=True)
class _Place:
    term: int
    start: int
    end: int


def excerpt_of(text: str, query: Query) -> Excerpt:
    """The place of *text* with most of what *query* looks for, the first of several."""
    words = list(words_in(text))
    places = sorted(_places(words, query), key=lambda place: place.start)
    best = _best(places)
    start, end = _window(text, words, best)
    inside = [(place.start, min(place.end, end)) for place in places if start <= place.start < end]
    return _excerpt(text, start, end, _merged(inside), best.start)


def _places(words: Sequence[Word], query: Query) -> Iterator[_Place]:
    folded = [word.folded for word in words]
    for number, term in enumerate(query):
        for i in range(len(words) - len(term.words) + 1):
            if _stands(term, folded, i):
                yield _Place(number, words[i].start, words[i + len(term.words) - 1].end)


def _stands(term: Term, folded: Sequence[str], at: int) -> bool:
    *whole, last = term.words
    end = at + len(whole)
    found = folded[end].startswith(last) if term.is_beginning else folded[end] == last
    return found and folded[at:end] == whole


def _best(places: Sequence[_Place]) -> _Place:
    """The place from which on most terms stand within an excerpt; where nothing is found, the beginning."""
    if not places:
        return _Place(0, 0, 0)
    ends = [place.start for place in places]

    def terms_from(i: int) -> int:
        until = bisect_right(ends, places[i].start + EXCERPT_CHARS - LEAD_CHARS)
        return len({place.term for place in places[i:until]})

    return places[max(range(len(places)), key=terms_from)]


def _window(text: str, words: Sequence[Word], best: _Place) -> tuple[int, int]:
    """Where the excerpt begins and ends: between words, with *best* in it."""
    start = max(0, best.start - LEAD_CHARS)
    if start:
        start = words[bisect_left(words, start, key=lambda word: word.start)].start
    fitting = bisect_right(words, start + EXCERPT_CHARS, key=lambda word: word.end)
    longest = min(len(text), start + 2 * EXCERPT_CHARS)
    if fitting == len(words):
        return start, longest
    end = words[fitting - 1].end if fitting else 0
    return start, min(longest, max(end, best.end) if end > start else start + EXCERPT_CHARS)


def _merged(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts in order, those that overlap or touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in parts:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _excerpt(text: str, start: int, end: int, marked: Sequence[tuple[int, int]], offset: int) -> Excerpt:
    """The part of *text* on one line. Its marks are counted anew, since white space shrinks."""
    shown = ELLIPSIS if text[:start].strip() else ""
    spans: list[Span] = []
    at = start
    for first, last in marked:
        shown += _SPACE.sub(" ", text[at:first])
        spans.append(Span(len(shown), len(shown := shown + _SPACE.sub(" ", text[first:last])), "bold"))
        at = last
    shown += _SPACE.sub(" ", text[at:end])
    more = ELLIPSIS if text[end:].strip() else ""
    return Excerpt(shown.rstrip() + more, tuple(spans), offset)


def spread(stories: Sequence[int], size: int, most: int) -> list[int]:
    """An order of what was found, the best first, in which no story fills a page while others wait.

    *stories* are those of the hits, the best hit first; what comes back are positions in it. On each page of *size*
    are at most *most* of one story, as long as there are others.
    """
    waiting = list(range(len(stories)))
    order: list[int] = []
    while waiting:
        page: list[int] = []
        given: dict[int, int] = {}
        for i in waiting:
            if len(page) < size and given.get(stories[i], 0) < most:
                page.append(i)
                given[stories[i]] = given.get(stories[i], 0) + 1
        taken = set(page)
        rest = [i for i in waiting if i not in taken]
        room = size - len(page)
        order += sorted(page + rest[:room])
        waiting = rest[room:]
    return order
