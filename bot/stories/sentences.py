"""Where sentences begin and end."""

from __future__ import annotations

from collections.abc import Iterator

import regex

NOT_ABBREVIATED = r"(?<!\b(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|Mlle|Sr|Sra|Hr|Fr|Jr|Lt|Sgt|Capt|Col|Gen|Rev|\p{Lu}))"
_WHOLE_WORD = regex.compile(NOT_ABBREVIATED)
_STOP = regex.compile(r"[.!?…]++|[。！？]++")
_NEXT = regex.compile(r"[\"”»’')\]]*+(?P<gap>\s++)(?=[\"“«„‘'—–¿¡]*+\s?[\p{Lu}\d])")
"""What stands between a full stop and the sentence after it."""
_NEXT_WIDE = regex.compile(r"[」』”’）]*+(?P<gap>\s*+)(?=[^\s」』”’），、とっ])")
"""The same after a stop of Chinese or Japanese, where no space parts sentences, and "と" goes on after speech."""


def sentences_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends: at a full stop, unless a word is abbreviated or the next begins small.

    The stops are found first and looked around after: trying every place in between takes five times as long.
    """
    start = len(paragraph) - len(paragraph.lstrip())
    for stop in _STOP.finditer(paragraph):
        at, end = stop.span()
        is_wide = paragraph[at] in "。！？"
        following = (_NEXT_WIDE if is_wide else _NEXT).match(paragraph, end) if at > start else None
        if following is None:
            continue
        ellipsis = end > at + 1 and paragraph[at] == "." and paragraph[at - 1].isalpha()
        if ellipsis or _WHOLE_WORD.match(paragraph, at):
            yield start, following.start("gap")
            start = following.end()
    if start < len(paragraph):
        yield start, len(paragraph)


def sentences_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of several paragraphs begins and ends; a line ends one, as in verse."""
    start = 0
    for line in text.split("\n"):
        if any(character.isalnum() for character in line):
            yield from ((start + begins, start + ends) for begins, ends in sentences_of(line))
        start += len(line) + 1


def last_sentences(text: str, count: int, limit: int) -> str:
    """The last *count* sentences of *text*, in at most *limit* characters; what is longer begins within, at a word."""
    found: list[str] = []
    for block in reversed(text[-4 * limit :].split("\n")):
        sentences = [block[start:end] for start, end in sentences_of(block)] if block.strip() else []
        found[:0] = sentences[-(count - len(found)) :]
        if len(found) >= count:
            break
    words = " ".join(found)
    return words if len(words) <= limit else "…" + words[-limit:].partition(" ")[2]
