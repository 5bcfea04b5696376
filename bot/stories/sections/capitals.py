"""Find the headings of a collection that has neither chapter numbers nor a table of contents: lines in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.stories.sections.blocks import Block, usual_gap, words_before
from bot.stories.sections.headings import Heading, read_chapter, read_numeral
from bot.stories.sections.lines import TITLE_CHARS, looks_titled, undecorated, without_stop

_LEAST_TALES = 3  # minimum headings of a collection; fewer lines in capitals are signs, shouts or telegrams
# Minimum words under each heading: more in a post, where capitals may name the place of a scene.
_POST_WORDS, _BOOK_WORDS = 300, 60
# Maximum words before the first heading: this number or this share of the text, whichever is more.
_OPENING_WORDS, _OPENING_SHARE = 300, 0.05
_NO_TALE = re.compile(
    r"(?i)\b(?:later|earlier|ago|meanwhile|flash-?back|pov|p\.o\.v|the end|end of|morning|evening|afternoon|tonight|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|finis|contents|illustrations?|volume|vol|january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"[!?,:;…—-]$|\d:\d\d"
)


def headed_in_capitals(blocks: Sequence[Block], *, is_book: bool) -> dict[int, Heading]:
    """Return headings by block index: lines in capitals, each below a larger gap than there is between paragraphs.

    Each heading is unique, unlike names of speakers or points of view, and has enough text below it.
    """
    gap = usual_gap(blocks)
    found = [i for i, block in enumerate(blocks) if (block.gap > gap or i == 0) and _may_head(block)]
    if len(found) < _LEAST_TALES:
        return {}
    words = words_before(blocks)
    least_words = _BOOK_WORDS if is_book else _POST_WORDS
    heads = [i for i, following in pairwise([*found, len(blocks)]) if words[following] - words[i + 1] >= least_words]
    often = Counter(undecorated(blocks[i].text) for i in heads)
    heads = [i for i in heads if often[undecorated(blocks[i].text)] == 1]
    if len(heads) < _LEAST_TALES or 3 * len(heads) < 2 * sum(i >= heads[0] for i in found):
        return {}
    if words[heads[0]] > max(_OPENING_WORDS, _OPENING_SHARE * words[-1]):
        return {}
    return {i: Heading(without_stop(undecorated(blocks[i].text)), blocks[i].text, None) for i in heads}


def _may_head(block: Block) -> bool:
    text = block.text.strip()
    if not block.is_line or not text.isupper() or len(text) > TITLE_CHARS or text[0] in '"“«„([':
        return False
    if block.is_rule or read_numeral(text) is not None or read_chapter(text) is not None:
        return False
    return looks_titled(text, ends="any") and _NO_TALE.search(text) is None
