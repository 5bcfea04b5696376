"""Text folded for searching and sorting, so that accents and case do not matter.

In scripts that are written without spaces each character is a word, so any part of a Chinese or Japanese sentence is
found. Thai, Lao and Khmer are not split: there a search finds what begins after a space or a vowel sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.stories.visible import unsteered

_JOINTS = re.compile(r"[-_‐‑]+")
_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")
_NO_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
"""A word as the search index has it; in scripts without spaces each character."""


def fold(text: str) -> str:
    """Return *text* in lower case, without accents, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if not decomposed.isascii():
        decomposed = decomposed.translate(_WITHOUT_ACCENTS)
    return " ".join(decomposed.split())


class _Table(dict[int, int | None]):
    """What `str.translate` makes of each character, found out when it is met first."""

    def __missing__(self, character: int) -> int | None:
        self[character] = None if unicodedata.combining(chr(character)) else character
        return self[character]


_WITHOUT_ACCENTS = _Table()
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}


def clean(typed: str) -> str:
    """Return what somebody typed on one line, without marks of direction, and without lone surrogates."""
    return " ".join(unsteered(typed).encode("utf-8", "ignore").decode().split())


def searchable(text: str) -> str:
    """Return *text* as the search index has it: folded words, and in scripts without spaces single characters.

    Only words are kept, because SQLite knows an older Unicode than Python and takes an emoji for a letter. A passage is
    removed from the index by this text, so a change here needs a migration that empties index and passages, and a new
    `PARSER_VERSION`.
    """
    folded = fold(text)
    if folded.isascii():  # the same words, in a third of the time
        return folded.translate(_ASCII_WORDS)
    return _NO_WORD.sub(" ", _CJK.sub(r" \1 ", folded))


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of a text, and where it stands in that text."""

    folded: str
    start: int
    end: int


class Words(Sequence[Word]):
    """The words of a text as the search index has them, in order. Where one stands is counted when it is asked for."""

    def __init__(self, text: str) -> None:
        forms = {character: _folded(character) for character in set(text)}
        folded = text.translate(str.maketrans(forms))
        self._text = text
        self._at: Sequence[int] = range(len(text) + 1)  # the offset in *text* of each folded character
        if any(len(form) != 1 for form in forms.values()):
            self._at = [*(i for i, character in enumerate(text) for _ in forms[character]), len(text)]
        self._spans = [match.span() for match in _WORD.finditer(folded)]
        self.folded = [folded[start:end] for start, end in self._spans]

    def __len__(self) -> int:
        return len(self.folded)

    def __getitem__(self, i: int) -> Word:  # pyright: ignore[reportIncompatibleMethodOverride]  # no slices
        start, end = self._spans[i]
        until = self._at[end - 1] + 1
        while until < len(self._text) and unicodedata.combining(self._text[until]):
            until += 1
        return Word(self.folded[i], self._at[start], until)


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    """Return the folded form of *character*: nothing for an accent, a space for what has no form."""
    return "" if unicodedata.combining(character) else fold(character).casefold() or " "


def facet_key(name: str) -> str:
    """Return the form in which tags and names are compared: "Slow-Burn" and "slow burn" are one."""
    return " ".join(_JOINTS.sub(" ", fold(name)).split()) or fold(name)
