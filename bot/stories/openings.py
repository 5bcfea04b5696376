"""The first sentence of a story or a summary, with the speech in it whole."""

from __future__ import annotations

from functools import lru_cache

from bot.stories.quotes.speech import Speech, speeches
from bot.stories.sentences import sentences_in

_CLOSING = str.maketrans("“„«»‘「『", "”“»«’」』")
"""What closes speech, by the mark that opens it; any other mark closes what it opens."""


@lru_cache(maxsize=1024)  # of the stories that are shown most
def first_sentence(text: str) -> str:
    """Return the first sentence of *text* on one line, which no full stop within speech ends; empty where none is."""
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
    """Return the speeches of *text*; where it has but the mark ”, as in Swedish, that opens them, too."""
    return speeches(text if "“" in text or "„" in text else text.replace("”", '"'))


def closing_mark(text: str, end: int) -> str:
    """Return the quotation mark that *text* needs where it is cut at *end*; none outside speech."""
    for start, stop in spoken_in(text):
        if start < end < stop:
            return text[stop - 1] if stop <= len(text) else text[start].translate(_CLOSING)
    return ""
