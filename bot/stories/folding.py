"""Fold text for search and sorting, so that accents and case do not matter.

Each Chinese or Japanese character is a word, so a search finds any part of a sentence. Thai, Lao and Khmer are not
split into words: there a search finds only words that follow a space or a vowel sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from bot.stories.visible import unsteered

_CJK_CHARACTER = r"\u3040-\u30ff\u3400-\u9fff"
_JOINTS = re.compile(r"[-_‐‑]+")
_CJK = re.compile(rf"[{_CJK_CHARACTER}]")
_NO_WORD = re.compile(r"[\W_]")
_TYPOGRAPHIC = "’“”—‘–"  # often the only characters beyond ASCII; replacing them first makes folding ten times as fast

OF_A_WORD = rf"[^\W_{_CJK_CHARACTER}]"
"""Pattern of a character of a word, in scripts with spaces between words."""

WORD = re.compile(rf"(?![\W_])[{_CJK_CHARACTER}]|(?<!{OF_A_WORD}){OF_A_WORD}+")
"""Pattern of a word in the search index; each Chinese or Japanese character is a word."""


def fold(text: str) -> str:
    """Return *text* in lower case, without accents, with single spaces."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).translate(_WITHOUT_ACCENTS)
    return " ".join(folded.split())


class _Table(dict[int, str | None]):
    """Table for `str.translate` that computes each character's replacement on first use."""

    def __init__(self, form: Callable[[str], str | None]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, character: int) -> str | None:
        if len(self) >= 10_000:  # bounded: texts with every Unicode character do not fill memory
            self.clear()
        form = self[character] = self._form(chr(character))
        return form


_WITHOUT_ACCENTS = _Table(lambda character: None if unicodedata.combining(character) else character)
_WORDS = _Table(lambda sign: " " if _NO_WORD.match(sign) else f" {sign} " if _CJK.match(sign) else sign)


def clean(typed: str) -> str:
    """Return *typed* on one line, without direction marks and lone surrogates."""
    return " ".join(unsteered(typed).encode("utf-8", "ignore").decode().split())


def searchable(text: str) -> str:
    """Return *text* as the search index stores it: folded words, and single Chinese and Japanese characters.

    Everything but words is dropped, because the older Unicode tables of SQLite take an emoji for a letter. Passages are
    removed from the index by this text, so a change here needs a migration that empties index and passages, and a new
    `PARSER_VERSION`.
    """
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    return fold(text).translate(_WORDS)


class Folded:
    """A text folded character by character, so that offsets in `folded` map back to the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.translate(_FORMS)
        self._at: Sequence[int] = range(len(text) + 1)  # the offset in *text* of each folded character
        if not text.isascii() and any(len(_folded(character)) != 1 for character in set(text)):
            self._at = [*(i for i, character in enumerate(text) for _ in _folded(character)), len(text)]

    def words(self) -> list[str]:
        """Return the words as the search index has them, in order."""
        return WORD.findall(self.folded)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds, in the text, of a non-empty part of `folded` with the accents that follow."""
        until = self._at[end - 1] + 1
        while until < len(self.text) and unicodedata.combining(self.text[until]):
            until += 1
        return self._at[start], until


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    """Return the folded form of *character*: empty for an accent, a space if *character* belongs to no word."""
    if unicodedata.combining(character):
        return ""
    form = fold(character).casefold()
    return form if WORD.search(form) else " "


_FORMS = _Table(_folded)


def facet_key(name: str) -> str:
    """Return the form by which tags and names are compared; "Slow-Burn" and "slow burn" are equal."""
    return " ".join(_JOINTS.sub(" ", fold(name)).split()) or fold(name)
