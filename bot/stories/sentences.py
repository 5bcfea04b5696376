"""Split text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLES = ("Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Mme", "Mlle", "Sr", "Sra", "Hr", "Fr", "Jr")
_ABBREVIATIONS = (*_TITLES, "Lt", "Sgt", "Capt", "Col", "Gen", "Rev")
_ABBREVIATION_CHARS = max(map(len, _ABBREVIATIONS))
_WORD = re.compile(r"\w+")
_STOPS, _WIDE_STOPS = ".!?…", "。！？"
_END = r"[.!?…][.!?…]*+[\"”»’')\]]*+\s++(?=[\"“«„‘'—–¿¡]*+\s?([^\W_]))"
_ENDS = re.compile(_END)
"""The end of a sentence: stops, closing quotes and a gap, before the first letter or digit of the next one.

The pattern begins with a single stop, because one that begins with a repetition takes five times as long.
"""
_ENDS_WIDE = re.compile(rf"{_END}|[。！？][。！？]*+[」』”’）]*+\s*+(?=[^\s」』”’），、とっ])")
"""`_ENDS`, or the end of a Chinese or Japanese sentence, without a gap; "と" after speech continues the sentence."""


def sentences_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence.

    A full stop after an abbreviation does not end a sentence, nor does any stop before a word in lower case.
    """
    start = len(paragraph) - len(paragraph.lstrip())
    is_wide = not paragraph.isascii() and any(map(paragraph.__contains__, _WIDE_STOPS))
    for stop in (_ENDS_WIDE if is_wide else _ENDS).finditer(paragraph):
        (at, following), first = stop.span(), stop[1]
        if at <= start or (first and not (first.isupper() or first.isdecimal())):
            continue
        if (paragraph[at] == "." and paragraph[at + 1] in _STOPS) or not _is_abbreviated(paragraph, at):
            yield start, at + len(stop[0].rstrip())
            start = following
    if start < len(paragraph):
        yield start, len(paragraph)


def _is_abbreviated(paragraph: str, at: int) -> bool:
    """Return whether the full stop at offset *at* follows an abbreviation or a single capital letter."""
    if not (paragraph[at - 1].isupper() or paragraph.endswith(_ABBREVIATIONS, 0, at)):
        return False
    word = _WORD.findall(paragraph, max(0, at - _ABBREVIATION_CHARS - 1), at)[-1]
    return word in _ABBREVIATIONS or len(word) == 1


def sentences_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence in several paragraphs; a line break ends a sentence, as in verse."""
    start = 0
    for line in text.split("\n"):
        if any(character.isalnum() for character in line):
            yield from ((start + begins, start + ends) for begins, ends in sentences_of(line))
        start += len(line) + 1


def last_sentences(text: str, count: int, limit: int) -> str:
    """Return the last *count* sentences of *text*; only the last words if the sentences exceed *limit* characters."""
    found: list[str] = []
    for block in reversed(text[-4 * limit :].split("\n")):
        sentences = [block[start:end] for start, end in sentences_of(block)] if block.strip() else []
        found[:0] = sentences[-(count - len(found)) :]
        if len(found) >= count:
            break
    words = " ".join(found)
    return words if len(words) <= limit else "…" + words[-limit:].partition(" ")[2]
