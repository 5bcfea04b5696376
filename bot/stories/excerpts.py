"""Excerpts of search results: some words around the best match, with the matches in bold."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.stories.folding import OF_A_WORD, WORD, Folded
from bot.stories.model import ChapterSummary, Span, Spot, StorySummary
from bot.stories.query import Query, Term

EXCERPT_CHARS = 80
"""Approximate length of an excerpt, in characters."""

_LEAD_CHARS = 30  # maximum characters before the best match
ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a passage on one line, with an ellipsis at each cut."""

    text: str
    marked: tuple[Span, ...]
    """The matches, as bold spans."""
    offset: int
    """Offset of the best match in the passage."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found."""

    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    """Position of the excerpt's best match."""
    percent: int
    """Percentage of the story before the passage."""
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of search results; *page* counts from 0."""

    hits: tuple[Hit, ...]
    page: int
    pages: int
    total: int
    """Number of passages found, on all pages."""
    is_all: bool
    """Whether *total* counts every passage that matches; False if the search stopped at its maximum."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A match: the index of its term in the query, and its bounds in the folded text."""

    term: int
    start: int
    end: int


def excerpt_of(text: str, query: Query) -> Excerpt:
    """Return the excerpt of *text* with the most terms of *query*; of several such excerpts, the first."""
    folded = Folded(text)
    matches = sorted(_matches(folded.folded, query), key=lambda match: match.start)
    best = _best_match(matches)
    start, end = _window(folded.folded, best)
    inside = [(match.start, min(match.end, end)) for match in matches if start <= match.start < end]
    first, last = folded.span(start, end) if end > start else (0, 0)
    marked = [folded.span(*part) for part in _merged(inside)]
    offset = folded.span(best.start, best.end)[0] if matches else 0
    return _excerpt(text, first, last, marked, offset)


def _matches(folded: str, query: Query) -> Iterator[_Match]:
    for number, term in enumerate(query):
        pattern = _pattern(term)
        found = pattern.search(folded)
        while found:
            yield _Match(number, *found.span())
            found = pattern.search(folded, found.start() + 1)


@lru_cache(maxsize=64)
def _pattern(term: Term) -> re.Pattern[str]:
    """Return a pattern for *term* in folded text; it begins with a literal word, which `re` finds fastest."""
    first, *others = (re.escape(word) for word in term.words)
    begins = first if _is_unspaced(term.words[0]) else rf"{first}(?<!{OF_A_WORD}{first})"
    words = [begins, *(word if _is_unspaced(word) else rf"(?<!{OF_A_WORD}){word}" for word in others)]
    ends = rf"{OF_A_WORD}*" if term.is_prefix else rf"(?!{OF_A_WORD})"
    return re.compile(r"[\W_]*".join(words) + ("" if _is_unspaced(term.words[-1]) else ends))


def _is_unspaced(word: str) -> bool:
    """Return whether *word* is from a script without spaces, and so matches next to any character."""
    return re.match(OF_A_WORD, word) is None


def _best_match(matches: Sequence[_Match]) -> _Match:
    """Return the match that starts the excerpt with the most terms; an empty one at offset 0 if nothing matches."""
    if not matches:
        return _Match(0, 0, 0)
    starts = [match.start for match in matches]

    def terms_from(i: int) -> int:
        until = bisect_right(starts, starts[i] + EXCERPT_CHARS - _LEAD_CHARS)
        return len({match.term for match in matches[i:until]})

    return matches[max(range(len(matches)), key=terms_from)]


def _window(folded: str, best: _Match) -> tuple[int, int]:
    """Return start and end of the excerpt around *best*; a word is cut only if the excerpt would be too long."""
    start = max(0, best.start - _LEAD_CHARS)
    if start:
        first = WORD.search(folded, start)
        start = first.start() if first else start
    end = start
    for word in WORD.finditer(folded, start):
        if word.end() > start + EXCERPT_CHARS:
            break
        end = word.end()
    else:
        return start, min(len(folded), start + 2 * EXCERPT_CHARS)
    longest = min(len(folded), start + 2 * EXCERPT_CHARS)
    return start, min(longest, max(end, best.end) if end > start else start + EXCERPT_CHARS)


def _merged(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge the sorted *parts* that overlap or touch."""
    merged: list[tuple[int, int]] = []
    for start, end in parts:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _excerpt(text: str, start: int, end: int, marked: Sequence[tuple[int, int]], offset: int) -> Excerpt:
    """Return *text* from *start* to *end* as an excerpt: on one line, with single spaces and *marked* parts in bold."""
    shown = ELLIPSIS if text[:start].strip() else ""
    spans: list[Span] = []
    at = start
    for first, last in marked:
        shown += _SPACE.sub(" ", text[at:first])
        spans.append(Span(len(shown), len(shown := shown + _SPACE.sub(" ", text[first:last])), "bold"))
        at = last
    shown += _SPACE.sub(" ", text[at:end])
    return Excerpt(shown.rstrip() + (ELLIPSIS if text[end:].strip() else ""), tuple(spans), offset)


def spread(stories: Sequence[int], size: int, most: int) -> list[int]:
    """Return the indexes of search results in an order that mixes stories on each page.

    *stories* has the story of each result, best first. Each page of *size* results has at most *most* from one
    story, as long as enough results from other stories are left.
    """
    waiting = list(range(len(stories)))
    order: list[int] = []
    while waiting:
        page: list[int] = []
        of_story = Counter[int]()
        for i in waiting:
            if len(page) < size and of_story[stories[i]] < most:
                page.append(i)
                of_story[stories[i]] += 1
        page += [i for i in waiting if i not in page][: size - len(page)]
        order += sorted(page)
        waiting = [i for i in waiting if i not in page]
    return order
