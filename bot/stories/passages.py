"""Cut chapters into passages for search; one passage must contain all words of a query.

Readers do not see passages, so each is simply as long as possible. It ends with the last paragraph that ends in its
second half, else with the last sentence, else with the last word that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

PASSAGE_CHARS = 1000
"""Maximum characters of a passage, without white space at its ends."""

_TEXT = re.compile(r"\S")
_BREAK = "\n\n"
_AFTER_SENTENCE = regex.compile(
    r"(?<=[.!?…。！？」][\"”»’')\]*_]{0,3})\s|(?<=[。！？」])(?=[^\s」』”’）])|\n", regex.REVERSE
)
_SPACE = regex.compile(r"\s", regex.REVERSE)


def passage_starts(prose: str) -> list[int]:
    """Return the offsets at which passages begin in *prose*; no passage is blank."""
    return list(_starts(prose))


def _starts(prose: str) -> Iterator[int]:
    last = len(prose.rstrip())
    start = 0
    while start < last:
        yield start
        text = _TEXT.search(prose, start)
        assert text is not None
        if last - text.start() <= PASSAGE_CHARS:
            return
        end = _end(prose, text.start(), text.start() + PASSAGE_CHARS)
        following = _TEXT.search(prose, end)
        assert following is not None
        start = following.start()


def _end(prose: str, start: int, most: int) -> int:
    """Return the offset at which a passage ends whose text begins at *start*; the offset is at most *most*."""
    paragraph = prose.rfind(_BREAK, start + PASSAGE_CHARS // 2, most + len(_BREAK))
    if paragraph >= 0:
        return paragraph
    for ending in (_AFTER_SENTENCE, _SPACE):
        if (found := ending.search(prose, start + 1, most + 1)) is not None:
            return found.start()
    return most
