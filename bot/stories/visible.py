"""Clean names and other single lines that people write, so that the lines are visible and do not affect other text.

An open bidirectional mark reverses the words after it, and a name of blank characters leaves an empty line. Prose is
not cleaned: its lines contain no words of the bot.
"""

from __future__ import annotations

import unicodedata

import regex

_STEERING = regex.compile("[\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls of Unicode (UAX #9): embeddings, overrides and isolates, and the characters that end them.

Marks such as U+200E are not among them.
"""

_CONTROL = regex.compile(r"\p{Cc}")

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols without ink: Hangul fillers, and braille without a dot."""

_STRONG = regex.compile(r"[\p{bc=L}\p{bc=R}\p{bc=AL}]", regex.REVERSE)
_TO_LEFT_THEN_RIGHT = "\u200f\u200e"


def unsteered(text: str) -> str:
    """Return *text* without the marks that change the text direction."""
    return text if text.isascii() else _STEERING.sub("", text)


def is_visible(text: str) -> bool:
    """Return whether any character of *text* is visible."""
    return any(character not in _BLANK and unicodedata.category(character)[0] not in "CZM" for character in text)


def visible_line(text: str) -> str | None:
    """Return *text* stripped, without control characters and without bidirectional embeddings, overrides and isolates.

    Returns None if nothing visible is left.
    """
    text = _CONTROL.sub("", unsteered(text)).strip()
    return text if is_visible(text) else None


def settled(text: str) -> str:
    """Return *text*, followed by direction marks if it ends right-to-left, so that the next words are not affected."""
    text = unsteered(text)
    if text.isascii():
        return text
    last = _STRONG.search(text)
    is_to_left = last is not None and unicodedata.bidirectional(last[0]) != "L"
    return text + _TO_LEFT_THEN_RIGHT if is_to_left else text
