"""Find the first sentence of a text without cutting speech."""

from __future__ import annotations

from functools import lru_cache

from bot.stories.folding import fold
from bot.stories.quotes.speech import Speech, speeches
from bot.stories.sentences import sentences_in

_STOPS, _CLOSINGS = (".", "!", "?", "…", "。", "！", "？"), "\"”»’')]」』*_"
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


@lru_cache(maxsize=1024)
def opening_words(text: str, title: str) -> str:
    """Return the opening of a story on one line, without sentences that repeat its *title* and without a cut last one.

    The title of a story without one is its opening words, so a list would say them twice.
    """
    named = fold(title).rstrip("… .")
    found = [" ".join(text[start:end].split()) for start, end in sentences_in(text)]
    if len(found) > 1 and not found[-1].rstrip(_CLOSINGS).endswith(_STOPS):
        found.pop()
    while found and named and _repeats(fold(found[0]).rstrip("… ."), named):
        found.pop(0)
    return " ".join(found)


def _repeats(sentence: str, title: str) -> bool:
    """Return whether a sentence is the beginning of a title, or mostly the title."""
    return title.startswith(sentence) or (sentence.startswith(title) and 2 * len(title) >= len(sentence))


def spoken_in(text: str) -> list[Speech]:
    """Return the speeches of *text*; if it has neither “ nor „, as in Swedish, ” also opens speech."""
    return speeches(text if "“" in text or "„" in text else text.replace("”", '"'))


def closing_mark(text: str, end: int) -> str:
    """Return the quotation mark that closes speech cut at *end*; empty if *end* is outside speech."""
    for start, stop in spoken_in(text):
        if start < end < stop:
            return text[stop - 1] if stop <= len(text) else text[start].translate(_CLOSING)
    return ""
