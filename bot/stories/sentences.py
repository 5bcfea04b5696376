"""Where sentences begin and end."""

from __future__ import annotations

from collections.abc import Iterator

import regex

NOT_ABBREVIATED = r"(?<!\b(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|Mlle|Sr|Sra|Hr|Fr|Jr|Lt|Sgt|Capt|Col|Gen|Rev|\p{Lu}))"
_WHOLE_WORD = regex.compile(NOT_ABBREVIATED)
_STOP = regex.compile(r"[.!?…]++|[。！？]++")
_NEXT = regex.compile(r"[\"”»’')\]]*+(?P<gap>\s++)(?=[\"“«„‘'—–¿¡]*+\s?[\p{Lu}\d])")
"""The end of a sentence after its full stop, the gap, and the beginning of the next sentence."""
_NEXT_WIDE = regex.compile(r"[」』”’）]*+(?P<gap>\s*+)(?=[^\s」』”’），、とっ])")
"""The same in Chinese and Japanese, where no space separates sentences, and "と" continues after speech."""


def sentences_of(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends.

    A full stop ends a sentence unless it abbreviates a word or the next word is in lower case. The pattern for full
    stops is searched for first, because a pattern for the whole end takes five times as long.
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
    """Yield where each sentence of several paragraphs begins and ends; the end of a line ends one, as in verse."""
    start = 0
    for line in text.split("\n"):
        if any(character.isalnum() for character in line):
            yield from ((start + begins, start + ends) for begins, ends in sentences_of(line))
        start += len(line) + 1


def last_sentences(text: str, count: int, limit: int) -> str:
    """Return the last *count* sentences of *text*, or the last words of them within *limit* characters."""
    found: list[str] = []
    for block in reversed(text[-4 * limit :].split("\n")):
        sentences = [block[start:end] for start, end in sentences_of(block)] if block.strip() else []
        found[:0] = sentences[-(count - len(found)) :]
        if len(found) >= count:
            break
    words = " ".join(found)
    return words if len(words) <= limit else "…" + words[-limit:].partition(" ")[2]
