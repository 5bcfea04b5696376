"""Tales of a collection that has no numbers and no list of contents: each is headed by a line in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from bot.stories.sections.blocks import Block, usual_gap
from bot.stories.sections.headings import Heading, read_chapter, read_numeral
from bot.stories.sections.lines import TITLE_CHARS, looks_titled, undecorated, without_stop

LEAST_TALES = 3
"""Lines in capitals that head nothing but themselves are signs, shouts and telegrams: a collection has more."""

POST_WORDS, BOOK_WORDS = 300, 60
"""Words under each: a scene of a post may open with its place in capitals, a poem in a book is short."""

OPENING_WORDS, OPENING_SHARE = 300, 0.05
"""What may stand before the first: where more does, the lines in capitals are not what parts the book."""

_NO_TALE = re.compile(
    r"(?i)\b(?:later|earlier|ago|meanwhile|flash-?back|pov|p\.o\.v|the end|end of|morning|evening|afternoon|tonight|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|finis|contents|illustrations?|volume|vol|january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"[!?,:;…—-]$|\d:\d\d"
)


def headed_in_capitals(blocks: Sequence[Block], *, is_book: bool) -> dict[int, Heading]:
    """The headings of a collection: lines in capitals, each by itself below more blank lines than paragraphs have.

    No two are alike, as a speaker's name or a point of view would be, and each has a tale below it.
    """
    gap = usual_gap(blocks)
    found = [i for i, block in enumerate(blocks) if (block.gap > gap or i == 0) and _may_head(block)]
    words = [0, *accumulate(0 if block.is_rule else block.words for block in blocks)]
    least = BOOK_WORDS if is_book else POST_WORDS
    heads = [i for i, following in pairwise([*found, len(blocks)]) if words[following] - words[i + 1] >= least]
    often = Counter(undecorated(blocks[i].text) for i in heads)
    heads = [i for i in heads if often[undecorated(blocks[i].text)] == 1]
    if len(heads) < LEAST_TALES or 3 * len(heads) < 2 * sum(i >= heads[0] for i in found):
        return {}
    if words[heads[0]] > max(OPENING_WORDS, OPENING_SHARE * words[-1]):
        return {}
    return {i: Heading(without_stop(undecorated(blocks[i].text)), blocks[i].text, None) for i in heads}


def _may_head(block: Block) -> bool:
    text = block.text.strip()
    if not block.is_line or not text.isupper() or len(text) > TITLE_CHARS or text[0] in '"“«„([':
        return False
    if block.is_rule or read_numeral(text) is not None or read_chapter(text) is not None:
        return False
    return looks_titled(text, ends="any") and _NO_TALE.search(text) is None
