"""Build the passages that may become quotes.

They are whole sentences of a paragraph or of a long speech, or whole lines of a verse. Whether a passage stands alone
is checked later, only for the few with a high first score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.stories.quotes.blocks import QUOTE_CHARS, Block
from bot.stories.quotes.score import first_score
from bot.stories.quotes.weights import WordWeights

MOST_SENTENCES = 6
"""Maximum number of sentences in a quote; a longer passage is usually a list."""

_MOST_LINES = 12  # maximum lines of a quoted verse
_MARKS = "*_~/<[&@"  # every match of `_MARKED` contains one of these
_MARKED = re.compile(r"://|\S@\S|([*_~]|//)(?=\S).*\1|<[/a-zA-Z]|\[/?\w+\]|&#?\w+;")
_PAIRS = ("()", "“”", "«»", "「」", "（）")


class Candidate(NamedTuple):
    """A passage that may be quoted; its offsets count from the start of its chapter."""

    start: int
    end: int
    first_score: float


def candidates(block: Block, weights: WordWeights, least: float) -> Iterator[Candidate]:
    """Yield passages of whole sentences, or of verse lines up to the end of a sentence or of the verse.

    Passages with a first score of less than *least* are left out.
    """
    fewest, most = (2, _MOST_LINES) if block.is_verse else (1, MOST_SENTENCES)
    shortest, longest = QUOTE_CHARS.start / weights.width, QUOTE_CHARS.stop - 1
    for sentences in (block.sentences, *block.monologues):
        for i, first in enumerate(sentences):
            if not first.may_begin:
                continue
            words, points = 0, 0.0
            for count, last in enumerate(sentences[i : i + most], 1):
                chars = last.end - first.start
                if chars > longest:
                    break
                words += last.words
                points += last.points
                if chars < shortest or not last.may_end or count < fewest:
                    continue
                score = first_score(chars, words, points, first.opening, weights)
                if score >= least:
                    yield Candidate(block.start + first.start, block.start + last.end, score)


def stands_alone(passage: str) -> bool:
    """Return whether a passage is plain text, with brackets and quotation marks in pairs."""
    if any(map(passage.__contains__, _MARKS)) and _MARKED.search(passage):
        return False
    # In German “ closes „.
    pairs = _PAIRS[:1] if passage.isascii() else [pair for pair in _PAIRS if pair != "“”" or "„" not in passage]
    return passage.count('"') % 2 == 0 and all(passage.count(a) == passage.count(b) for a, b in pairs)
