"""Select the quotes of a story: its best passages, without overlaps.

Passages are ranked within their story, so each story has its best ones, whatever its style. A story has one, and one
more for each `WORDS_PER_QUOTE`. It has more where they are `FINE`, up to one for each `WORDS_PER_FINE_QUOTE`. One of
them is from the first third, because only that part is quoted to everybody. A passage with less than `LEAST` points is
no quote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from bot.stories.model import Quote
from bot.stories.quotes.blocks import blocks_of
from bot.stories.quotes.candidates import candidates, stands_alone
from bot.stories.quotes.score import full_score
from bot.stories.quotes.weights import SAMPLE_CHARS, weights_of

FINE = 66
"""Minimum score of a passage that many readers would post."""

LEAST = 45
"""Minimum score of a quote; passages with less need the text before them, or say nothing."""

WORDS_PER_QUOTE = 400
"""Number of words of a story for each further quote that it has by rank."""

WORDS_PER_FINE_QUOTE = 200
"""Number of words of a story for each further quote that it may have at most, if all are fine."""

_LONG = 10_000  # minimum words of a story that is read for fine passages only; it has enough of them
_MOST_LINES = 40_000  # maximum lines of a story that are read; of a longer one, the same share of each chapter


def select_quotes(proses: Sequence[str], *, with_verse: bool = True) -> list[tuple[Quote, ...]]:
    """Return the quotes of each chapter of a story, in order; none overlap, and no text occurs twice.

    Without *with_verse* no verse is quoted, because another person wrote it.
    """
    story = _StoryCandidates(proses, with_verse)
    due = 1 + story.words // WORDS_PER_QUOTE
    most = max(due, 1 + story.words // WORDS_PER_FINE_QUOTE)
    kept: list[list[Quote]] = [[] for _ in proses]
    opening: Quote | None = None
    count = 0
    is_owed = True  # a quote from the first third
    for rank, (chapter, quote) in enumerate(story.best_first()):
        if count >= (most if quote.score >= FINE else due) and not is_owed:
            break
        is_first_third = story.is_in_first_third(chapter, quote)
        if rank and chapter == quote.start == 0:  # readers meet it anyway
            opening = quote
        elif count < (most if quote.score >= FINE else due) or is_first_third:
            kept[chapter].append(quote)
            count += 1
            is_owed = is_owed and not is_first_third
    if is_owed and opening is not None:
        kept[0].append(opening)
    return [tuple(sorted(quotes, key=lambda quote: quote.start)) for quotes in kept]


class _Passage(NamedTuple):
    """A candidate with its chapter."""

    chapter: int
    start: int
    end: int
    first_score: float


class _StoryCandidates:
    """The candidates of a story. A candidate that overlaps a better one gets no full score."""

    def __init__(self, proses: Sequence[str], with_verse: bool) -> None:
        self._proses = proses
        self._starts = list(accumulate(map(len, proses), initial=0))
        self.chars = self._starts[-1]
        self._weights = weights_of(" ".join(prose[:SAMPLE_CHARS] for prose in proses[:3]))
        is_wide = self._weights.width > 1  # Chinese and Japanese: two characters are about a word
        self.words = self.chars // 2 if is_wide else sum(prose.count(" ") + prose.count("\n\n") for prose in proses)
        self._least = LEAST if self.words < _LONG else max(LEAST, FINE)
        self._with_verse = with_verse

    def is_in_first_third(self, chapter: int, quote: Quote) -> bool:
        """Return whether a quote is from the first third of the story."""
        return self._starts[chapter] + quote.start < self.chars / 3

    def best_first(self) -> Iterator[tuple[int, Quote]]:
        """Yield passages with enough points and the index of their chapter, best first, without overlaps.

        A queue sorts passages by the maximum score that they may reach, their first. The first one gets its full score
        and returns to the queue with it.
        """
        waiting = [(-passage.first_score, number, passage, False) for number, passage in enumerate(self._candidates())]
        heapify(waiting)
        seen: set[str] = set()
        taken: list[list[tuple[int, int]]] = [[] for _ in self._proses]
        while waiting:
            points, number, passage, is_known = heappop(waiting)
            spans, span = taken[passage.chapter], (passage.start, passage.end)
            at = bisect_left(spans, span)
            if (at and spans[at - 1][1] > passage.start) or (at < len(spans) and spans[at][0] < passage.end):
                continue
            if not is_known:
                if (points := self._full_score(passage)) >= self._least:
                    heappush(waiting, (-points, number, passage, True))
                continue
            spans.insert(at, span)
            if (text := self._proses[passage.chapter][passage.start : passage.end]) not in seen:
                seen.add(text)
                yield passage.chapter, Quote(passage.start, text, round(-points))

    def _full_score(self, passage: _Passage) -> int:
        text = self._proses[passage.chapter][passage.start : passage.end]
        return full_score(text, passage.first_score, self._weights) if stands_alone(text) else 0

    def _candidates(self) -> Iterator[_Passage]:
        """Yield all passages whose first score is enough."""
        least = self._least - 0.5  # scores are rounded
        share = min(1, _MOST_LINES / max(1, sum(prose.count("\n") for prose in self._proses)))
        for chapter, prose in enumerate(self._proses):
            for block in blocks_of(prose, self._weights):
                if block.start > share * len(prose):
                    break
                if self._with_verse or not block.is_verse:
                    yield from (_Passage(chapter, *each) for each in candidates(block, self._weights, least))
