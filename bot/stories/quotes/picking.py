"""The quotes of a story: of each paragraph or verse the best passage, and of these the good ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bot.stories.model import PARAGRAPH_BREAK, Quote
from bot.stories.quotes.candidates import LOOKED_AT, QUOTE_CHARS, Candidate, is_talk, of_paragraph, of_verse
from bot.stories.quotes.speech import speeches
from bot.stories.quotes.tongues import Tongue
from bot.stories.quotes.word_lists import SAMPLE_CHARS, tongue_of
from bot.stories.quotes.worth import LIKENESS, weighed, worth

GOOD = 55
"""Points from which a passage is a quote."""

PLENTY, GREAT = 30, 62
"""A story with more quotes than that keeps the best: the points from which all are kept rise so far."""

POOR = 20
"""Points below which none is, however short the story."""

FAIR = 45
"""Points from which passages are looked at closely; where too few have them, all are."""

FEW = range(3, 6)
"""Quotes that a story has if so many passages stand by themselves, good or not: one for each `CHARS_FOR_ONE`."""

CHARS_FOR_ONE = 900

FEW_AT_FIRST = 3
"""The same of its first third, which is quoted to those who have not read it."""

_GAP = re.compile(r"\n{2,}")


def pick(proses: Sequence[str]) -> list[tuple[Quote, ...]]:
    """The quotes of each chapter of a story, in order; no two overlap, and none stands twice."""
    tongue = tongue_of(" ".join(prose[:SAMPLE_CHARS] for prose in proses[:3]))
    starts = list(accumulate(map(len, proses), initial=0))
    few = max(FEW.start, min(FEW.stop - 1, starts[-1] // CHARS_FOR_ONE))
    found: list[_Found] = []
    least = least_at_first = POOR
    for looked_at in (FAIR, POOR):
        found = list(_look(proses, starts, tongue, looked_at))
        least = _least(found, few)
        least_at_first = min(least, _least((each for each in found if each.is_at_first), FEW_AT_FIRST))
        if least_at_first >= looked_at:
            break
    kept: list[list[Quote]] = [[] for _ in proses]
    for each in found:
        if each.quote.worth >= (least_at_first if each.is_at_first else least):
            kept[each.chapter].append(each.quote)
    return list(map(tuple, kept))


@dataclass(frozen=True, slots=True)
class _Found:
    quote: Quote
    chapter: int
    is_at_first: bool
    """Whether it is from the first third of the story."""


def _look(proses: Sequence[str], starts: Sequence[int], tongue: Tongue, least: int) -> Iterator[_Found]:
    """All passages that promise to be worth *least* points, where they first stand."""
    seen: set[str] = set()
    for chapter, prose in enumerate(proses):
        for quote in _of_chapter(prose, tongue, least):
            if quote.text not in seen:
                seen.add(quote.text)
                yield _Found(quote, chapter, starts[chapter] + quote.start < starts[-1] / 3)


def _least(found: Iterable[_Found], few: int) -> int:
    """The points from which quotes are kept, so that a *few* are, if there are so many, and not too many."""
    best = sorted((each.quote.worth for each in found), reverse=True)
    if len(best) < few:
        return POOR
    return max(POOR, min(GOOD, best[few - 1]), min(GREAT, best[PLENTY]) if len(best) > PLENTY else 0)


class _Block(NamedTuple):
    start: int
    end: int
    best: Quote | None
    is_talk: bool


def _of_chapter(prose: str, tongue: Tongue, least: int) -> Iterator[Quote]:
    """The best of each block; where a line of talk with its answer is better than either, both as one."""
    before: _Block | None = None
    for block in _blocks(prose, tongue, least):
        together = _exchange(prose, before, block, tongue) if before and before.is_talk and block.is_talk else None
        if together:
            yield together
        elif before and before.best:
            yield before.best
        before = None if together else block
    if before and before.best:
        yield before.best


def _blocks(prose: str, tongue: Tongue, least: int) -> Iterator[_Block]:
    start = 0
    for end in (*(gap.start() for gap in _GAP.finditer(prose)), len(prose)):
        while start < end and prose[start] == "\n":
            start += 1
        if start < end:
            block = prose[start:end] if end - start <= LOOKED_AT else _cut(prose[start : start + LOOKED_AT])
            if "\n" in block:
                yield _Block(start, end, _best(block, of_verse(block, tongue), start, tongue, least), is_talk=False)
            else:
                spoken = speeches(block)
                best = _best(block, of_paragraph(block, spoken, tongue), start, tongue, least)
                yield _Block(start, end, best, end - start < QUOTE_CHARS.stop and is_talk(block, spoken))
        start = end


def _cut(block: str) -> str:
    """The beginning of a block that is too long, up to where a line ends, or a word that ends no sentence."""
    return block.rpartition("\n")[0] or (block.rpartition(" ")[0] or block).rstrip(".!?…")


def _best(block: str, candidates: Iterable[Candidate], at: int, tongue: Tongue, least: int) -> Quote | None:
    """The best of the *candidates* of a block, the most promising of which come first, if one promises *least*."""
    best: Quote | None = None
    for start, end, promised in candidates:
        if promised + LIKENESS < (best.worth if best else least):
            break
        points = weighed(block[start:end], promised, tongue)
        if best is None or points > best.worth:
            best = Quote(at + start, block[start:end], points)
    return best


def _exchange(prose: str, first: _Block, second: _Block, tongue: Tongue) -> Quote | None:
    """Two lines of talk as one quote, where they belong together and are no worse than either."""
    text = prose[first.start : second.end]
    if len(text) not in QUOTE_CHARS or prose[first.end : second.start] != PARAGRAPH_BREAK:
        return None
    quote = Quote(first.start, text, worth(text, tongue))
    return quote if all(one.best is None or quote.worth >= one.best.worth for one in (first, second)) else None
