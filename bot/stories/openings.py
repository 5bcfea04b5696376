"""Find the first sentence of a text without cutting speech."""

from __future__ import annotations

from functools import lru_cache

from bot.stories.quotes.speech import Speech, speeches
from bot.stories.sentences import sentences_in

_CLOSING = str.maketrans("“„«»‘「『", "”“»«’」』")
"""Closing quotation mark by opening mark; any other mark closes itself."""


@lru_cache(maxsize=1024)  # enough for the stories shown most often
def first_sentence(text: str) -> str:
    """Return the first sentence of *text* on one line, or "" if *text* has none; speech is not cut."""
    paragraph = next((each for each in text.split("\n\n") if any(map(str.isalnum, each))), "")
    spoken = spoken_in(paragraph)
    first: int | None = None
    last = 0
    for start, last in sentences_in(paragraph):
        first = start if first is None else first
        if not any(begins < last < ends for begins, ends in spoken):
            break
    return " ".join(paragraph[first:last].split())


def spoken_in(text: str) -> list[Speech]:
    """Return the speeches of *text*; if it has neither “ nor „, as in Swedish, ” also opens speech."""
    return speeches(text if "“" in text or "„" in text else text.replace("”", '"'))


def closing_mark(text: str, end: int) -> str:
    """Return the quotation mark that closes speech cut at *end*; empty if *end* is outside speech."""
    for start, stop in spoken_in(text):
        if start < end < stop:
            return text[stop - 1] if stop <= len(text) else text[start].translate(_CLOSING)
    return ""
