"""Which passages of a story become its quotes: of each paragraph or verse the best, and of these the good ones.

Passages of `GOOD` points are kept. In a story with many of them the bar rises. It falls until there are a few, by the
length of the story, and a few in the story's first third, because only that part is quoted to all. Below `POOR` points
nothing is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.stories.model import PARAGRAPH_BREAK, Quote
from bot.stories.quotes.candidates import LOOKED_AT, QUOTE_CHARS, Candidate, is_talk, of_paragraph, of_verse
from bot.stories.quotes.score import SIMILE, full_score, score
from bot.stories.quotes.speech import speeches
from bot.stories.quotes.weights import SAMPLE_CHARS, WordWeights, weights_of

GOOD = 55
"""Points from which a passage is a quote."""

_PLENTY, _GREAT = (
    30,
    62,
)  # a story with more quotes than `_PLENTY` keeps the best; all that have `_GREAT` points are kept
POOR = 20
"""Points below which none is kept, however short the story."""

_FAIR = 45  # points from which passages are looked at closely; where too few have them, all are
FEW = range(3, 6)
"""Quotes that a story has if so many passages stand by themselves, good or not: one for each `CHARS_FOR_ONE`."""

CHARS_FOR_ONE = 900

FEW_AT_FIRST = 3
"""The same for its first third, which is quoted to those who have not read it."""

_GAP = re.compile(r"\n{2,}")


def select_quotes(proses: Sequence[str]) -> list[tuple[Quote, ...]]:
    """Return the quotes of each chapter of a story, in order; no two overlap, and none stands twice."""
    weights = weights_of(" ".join(prose[:SAMPLE_CHARS] for prose in proses[:3]))
    starts = list(accumulate(map(len, proses), initial=0))
    few = max(FEW.start, min(FEW.stop - 1, starts[-1] // CHARS_FOR_ONE))
    found: list[_Found] = []
    bar = bar_at_first = POOR
    for least in (_FAIR, POOR):
        found = list(_passages(proses, starts, weights, least))
        bar = _bar(found, few)
        bar_at_first = min(bar, _bar((each for each in found if each.is_at_first), FEW_AT_FIRST))
        if bar_at_first >= least:
            break
    kept: list[list[Quote]] = [[] for _ in proses]
    for each in found:
        if each.quote.score >= (bar_at_first if each.is_at_first else bar):
            kept[each.chapter].append(each.quote)
    return list(map(tuple, kept))


class _Found(NamedTuple):
    quote: Quote
    chapter: int
    is_at_first: bool
    """Whether it is from the first third of the story."""


def _passages(proses: Sequence[str], starts: Sequence[int], weights: WordWeights, least: int) -> Iterator[_Found]:
    """Yield all passages that may have *least* points, where they first stand."""
    seen: set[str] = set()
    for chapter, prose in enumerate(proses):
        for quote in _of_chapter(prose, weights, least):
            if quote.text not in seen:
                seen.add(quote.text)
                yield _Found(quote, chapter, starts[chapter] + quote.start < starts[-1] / 3)


def _bar(found: Iterable[_Found], few: int) -> int:
    """Return the points from which quotes are kept, so that a *few* are, if there are so many, and not too many."""
    best = sorted((each.quote.score for each in found), reverse=True)
    if len(best) < few:
        return POOR
    return max(POOR, min(GOOD, best[few - 1]), min(_GREAT, best[_PLENTY]) if len(best) > _PLENTY else 0)


class _Block(NamedTuple):
    start: int
    end: int
    best: Quote | None
    is_talk: bool


def _of_chapter(prose: str, weights: WordWeights, least: int) -> Iterator[Quote]:
    """Yield the best of each block; where a line of talk with its answer is better than either, both as one."""
    before: _Block | None = None
    for block in _blocks(prose, weights, least):
        both = _exchange(prose, before, block, weights) if before and before.is_talk and block.is_talk else None
        if both:
            yield both
        elif before and before.best:
            yield before.best
        before = None if both else block
    if before and before.best:
        yield before.best


def _blocks(prose: str, weights: WordWeights, least: int) -> Iterator[_Block]:
    start = 0
    for end in (*(gap.start() for gap in _GAP.finditer(prose)), len(prose)):
        while start < end and prose[start] == "\n":
            start += 1
        if start < end:
            block = prose[start:end]
            if end - start > LOOKED_AT:  # up to where a line ends, or a word that ends no sentence
                block = block[:LOOKED_AT]
                block = block.rpartition("\n")[0] or (block.rpartition(" ")[0] or block).rstrip(".!?…")
            if "\n" in block:
                yield _Block(start, end, _best(block, of_verse(block, weights), start, weights, least), is_talk=False)
            else:
                spoken = speeches(block)
                best = _best(block, of_paragraph(block, spoken, weights), start, weights, least)
                yield _Block(start, end, best, end - start < QUOTE_CHARS.stop and is_talk(block, spoken))
        start = end


def _best(block: str, candidates: Iterable[Candidate], at: int, weights: WordWeights, least: int) -> Quote | None:
    """Return the best of the *candidates* of a block, if one may have *least* points; they come best first."""
    best: Quote | None = None
    for start, end, first_score in candidates:
        if first_score + SIMILE < (best.score if best else least):
            break
        points = full_score(block[start:end], first_score, weights)
        if best is None or points > best.score:
            best = Quote(at + start, block[start:end], points)
    return best


def _exchange(prose: str, first: _Block, second: _Block, weights: WordWeights) -> Quote | None:
    """Return two lines of talk as one quote, where they belong together and are no worse than either."""
    text = prose[first.start : second.end]
    if len(text) not in QUOTE_CHARS or prose[first.end : second.start] != PARAGRAPH_BREAK:
        return None
    quote = Quote(first.start, text, score(text, weights))
    return quote if all(one.best is None or quote.score >= one.best.score for one in (first, second)) else None
