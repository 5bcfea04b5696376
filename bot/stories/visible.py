"""What people write on one line, so that it stays in its place and can be seen.

Marks of bidirectional text that are left open turn the words beside them around, and a name of blank characters alone
leaves an empty line. Prose is not changed: its lines have no words of the bot beside them.
"""

from __future__ import annotations

import unicodedata

import regex

_STEERING = regex.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates, and what closes them (Unicode Standard Annex 9)."""

_CONTROL = regex.compile(r"\p{Cc}")

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that have no ink: fillers of Hangul, and braille without a dot."""

_STRONG = regex.compile(r"[\p{bc=L}\p{bc=R}\p{bc=AL}]", regex.REVERSE)
_TO_LEFT_THEN_RIGHT = "\u200f\u200e"


def unsteered(text: str) -> str:
    """Return *text* without the marks that turn the direction of what follows."""
    return text if text.isascii() else _STEERING.sub("", text)


def is_visible(text: str) -> bool:
    """Return whether a character of *text* has ink."""
    return any(character not in _BLANK and unicodedata.category(character)[0] not in "CZM" for character in text)


def visible_line(text: str) -> str | None:
    """Return *text* without control characters and marks of direction, or None where nothing of it would be seen."""
    text = _CONTROL.sub("", unsteered(text)).strip()
    return text if is_visible(text) else None


def settled(text: str) -> str:
    """Return *text*, closed so that numbers and signs right of it are not drawn into words from right to left."""
    text = unsteered(text)
    if text.isascii():
        return text
    last = _STRONG.search(text)
    is_to_left = last is not None and unicodedata.bidirectional(last[0]) != "L"
    return text + _TO_LEFT_THEN_RIGHT if is_to_left else text
