"""Select the quotes of a story: its best passages, without overlaps.

Few passages are selected, so that most of them are good. Those with `FINE` points come first, best first, as many as
the length of the story allows; then those with `GOOD` points, few of them if fine ones are rare, because then most of
them are mediocre. The first third of the story gets at least one quote if it has a good passage, because only that part
is quoted to everybody. A short story is quoted only from its opening. A story without good passages has no quotes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate, chain, islice
from math import ceil
from typing import NamedTuple

from bot.stories.model import PARAGRAPH_BREAK, Quote
from bot.stories.quotes.blocks import Block, blocks_of
from bot.stories.quotes.candidates import MOST_BLOCKS, of_block, of_blocks, stands_alone
from bot.stories.quotes.score import MOST_ADDED, full_score
from bot.stories.quotes.speech import speeches
from bot.stories.quotes.weights import SAMPLE_CHARS, weights_of

FINE = 80
"""Minimum score of a passage that many readers would post."""

GOOD = 73
"""Minimum score of a passage that some readers would post; a passage with a lower score is not quoted."""

SHORT = 2_000
"""Minimum characters of a story that is quoted beyond its opening; in a shorter one, later passages need context."""

OPENING = 53
"""Minimum score of the opening of a short story; lower than elsewhere, since an opening needs no context."""

CHARS_PER_FINE_QUOTE = 200
"""Additional characters that a story needs for each additional fine quote."""

QUOTES_PER_FINE_QUOTE = 3
"""Maximum number of quotes, fine or good, for each fine quote; a long story may have more (`CHARS_PER_QUOTE`)."""

CHARS_PER_QUOTE = 2_000
"""Number of characters of a story for each quote that it may have even if no quote is fine."""

OF_TITLE = 5
"""Points for a passage with all long words of the title."""

_MANY_BLOCKS = 20_000  # maximum paragraphs of a story that are read; of a longer one, the same share of each chapter
_TITLE_WORD = 4  # minimum letters of a word of the title that counts


def select_quotes(
    proses: Sequence[str], title: str | None = None, *, with_verse: bool = True
) -> list[tuple[Quote, ...]]:
    """Return the quotes of each chapter of a story, in order; none overlap, and no text occurs twice.

    *title* is the title that the file states. Without *with_verse* no verse is quoted, because another person wrote it.
    """
    story = _StoryCandidates(proses, title, with_verse)
    most = 1 + max(0, story.chars - SHORT) // CHARS_PER_FINE_QUOTE
    some = story.chars // CHARS_PER_QUOTE
    kept: list[list[Quote]] = [[] for _ in proses]
    count = fine = count_in_first_third = 0
    for quote, chapter in story.best_first():
        is_in_first_third = story.is_in_first_third(chapter, quote)
        enough = most if quote.score >= FINE else max(some, min(most // 2, QUOTES_PER_FINE_QUOTE * fine))
        if count < enough or (is_in_first_third and not count_in_first_third):
            kept[chapter].append(quote)
            count, count_in_first_third = count + 1, count_in_first_third + is_in_first_third
            fine += quote.score >= FINE
        elif count_in_first_third:
            break
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
        self._is_short = self.chars < SHORT
        self._least = OPENING if self._is_short else GOOD
        self._weights = weights_of(" ".join(prose[:SAMPLE_CHARS] for prose in proses[:3]))
        words = self._weights.split(self._weights.fold(title or ""))
        self._title = {word for word in words if len(word) >= _TITLE_WORD}
        if any(all(word not in prose.lower() for prose in proses) for word in self._title):
            self._title = set[str]()  # no passage has all words of the title
        self._with_verse = with_verse

    def is_in_first_third(self, chapter: int, quote: Quote) -> bool:
        """Return whether a quote is from the first third of the story."""
        return self._starts[chapter] + quote.start < self.chars / 3

    def best_first(self) -> Iterator[tuple[Quote, int]]:
        """Yield passages with enough points and their chapters, best first, without overlaps.

        A queue sorts passages by the maximum score that they may reach. The first one gets its full score and returns
        to the queue with it.
        """
        added = MOST_ADDED + (OF_TITLE if self._title else 0)
        waiting = [
            (-passage.first_score - added, number, passage, False)
            for number, passage in enumerate(self._candidates(added))
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
                yield Quote(passage.start, text, round(-points)), passage.chapter

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

    def _candidates(self, added: float) -> Iterator[_Passage]:
        """Yield all passages that may have enough points if the full score adds *added* points.

        Of a short story these are only the passages at its beginning.
        """
        least = self._least - added
        counts = [prose.count(PARAGRAPH_BREAK) + 1 for prose in self._proses]
        share = min(1, _MANY_BLOCKS / max(1, sum(counts)))
        for chapter, (prose, count) in enumerate(
            zip(self._proses[: 1 if self._is_short else None], counts, strict=False)
        ):
            recent: list[Block] = []
            blocks = blocks_of(prose, self._weights)
            for block in islice(blocks, MOST_BLOCKS if self._is_short else ceil(share * count)):
                recent = [*recent[1 - MOST_BLOCKS :], block]
                if block.is_verse and not self._with_verse:
                    continue
                of_one = (_Passage(chapter, *each, block) for each in of_block(block, self._weights, least))
                of_more = (_Passage(chapter, *each, None) for each in of_blocks(recent, self._weights, least))
                for passage in chain(of_one, of_more):
                    if not self._is_short or passage.start == recent[0].start:
                        yield passage
