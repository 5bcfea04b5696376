"""Select the quotes of a story: its best passages, without overlaps.

Passages are ranked within their story, so each story has its best ones, whatever its style. A story has one, and one
more for each `WORDS_PER_QUOTE`. It has more where they are among the best of a library (`FINE`). One of them is from
the first third, because only that part is quoted to everybody. A passage with less than `LEAST` points is no quote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate, islice
from math import ceil
from typing import NamedTuple

from bot.stories.model import PARAGRAPH_BREAK, Quote
from bot.stories.quotes.blocks import Block, blocks_of
from bot.stories.quotes.candidates import MOST_BLOCKS, of_block, of_blocks, stands_alone
from bot.stories.quotes.score import MOST_ADDED, full_score
from bot.stories.quotes.speech import speeches
from bot.stories.quotes.weights import SAMPLE_CHARS, weights_of

FINE = 80
"""Minimum score of a passage that many readers would post, and that is quoted whatever its rank."""

LEAST = 45
"""Minimum score of a quote; passages with less need the text before them, or say nothing."""

WORDS_PER_QUOTE = 400
"""Number of words of a story for each further quote that it has by rank."""

CHARS_PER_FINE_QUOTE = 200
"""Number of characters of a story for each quote that it may have at most."""

OF_TITLE = 5
"""Points for a passage with all long words of the title."""

_LONG = 10_000  # minimum words of a story that is read for good passages only; it has enough of them
_GOOD = 73  # minimum score of those
_MANY_BLOCKS = 20_000  # maximum paragraphs of a story that are read; of a longer one, the same share of each chapter
_TITLE_WORD = 4  # minimum letters of a word of the title that counts


def select_quotes(
    proses: Sequence[str], title: str | None = None, *, with_verse: bool = True
) -> list[tuple[Quote, ...]]:
    """Return the quotes of each chapter of a story, in order; none overlap, and no text occurs twice.

    *title* is the title that the file states. Without *with_verse* no verse is quoted, because another person wrote it.
    """
    story = _StoryCandidates(proses, title, with_verse)
    due = 1 + story.words // WORDS_PER_QUOTE
    most = max(due, story.chars // CHARS_PER_FINE_QUOTE)
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
    """A candidate with its chapter and its block, which the full score needs."""

    chapter: int
    start: int
    end: int
    first_score: float
    block: Block | None
    """Block of the candidate; None if the candidate spans several paragraphs."""


class _StoryCandidates:
    """The candidates of a story. A candidate that overlaps a better one gets no full score."""

    def __init__(self, proses: Sequence[str], title: str | None, with_verse: bool) -> None:
        self._proses = proses
        self._starts = list(accumulate(map(len, proses), initial=0))
        self.chars = self._starts[-1]
        self._weights = weights_of(" ".join(prose[:SAMPLE_CHARS] for prose in proses[:3]))
        is_wide = self._weights.width > 1  # Chinese and Japanese: two characters are about a word
        self.words = self.chars // 2 if is_wide else sum(prose.count(" ") + prose.count("\n\n") for prose in proses)
        self._least = LEAST if self.words < _LONG else max(LEAST, _GOOD)
        words = self._weights.split(self._weights.fold(title or ""))
        self._title = {word for word in words if len(word) >= _TITLE_WORD}
        if any(all(word not in prose.lower() for prose in proses) for word in self._title):
            self._title = set[str]()  # no passage has all words of the title
        self._with_verse = with_verse

    def is_in_first_third(self, chapter: int, quote: Quote) -> bool:
        """Return whether a quote is from the first third of the story."""
        return self._starts[chapter] + quote.start < self.chars / 3

    def best_first(self) -> Iterator[tuple[int, Quote]]:
        """Yield passages with enough points and the index of their chapter, best first, without overlaps.

        A queue sorts passages by the maximum score that they may reach. The first one gets its full score and returns
        to the queue with it.
        """
        added = MOST_ADDED + (OF_TITLE if self._title else 0)
        waiting = [
            (-passage.first_score - added, number, passage, False)
            for number, passage in enumerate(self._candidates(self._least - added))
        ]
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
        chapter, start, end, first, block = passage
        text = self._proses[chapter][start:end]
        is_part = block is not None and not block.is_verse
        spoken = block.within(start - block.start, end - block.start) if block and is_part else speeches(text)
        is_beside = block is not None and bool(block.spoken) and not spoken
        if any(closed > len(text) for _, closed in spoken) or not stands_alone(
            text, spoken if is_part else (), is_beside
        ):
            return 0
        if self._title and self._title <= set(self._weights.split(self._weights.fold(text))):
            first += OF_TITLE
        return full_score(text, first, spoken, self._weights)

    def _candidates(self, least: float) -> Iterator[_Passage]:
        """Yield all passages with a first score of *least* points or more."""
        counts = [prose.count(PARAGRAPH_BREAK) + 1 for prose in self._proses]
        share = min(1, _MANY_BLOCKS / max(1, sum(counts)))
        for chapter, (prose, count) in enumerate(zip(self._proses, counts, strict=True)):
            recent: list[Block] = []
            for block in islice(blocks_of(prose, self._weights), ceil(share * count)):
                recent = [*recent[1 - MOST_BLOCKS :], block]
                if block.is_verse and not self._with_verse:
                    continue
                yield from (_Passage(chapter, *each, block) for each in of_block(block, self._weights, least))
                yield from (_Passage(chapter, *each, None) for each in of_blocks(recent, self._weights, least))
