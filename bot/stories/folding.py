"""Text folded for searching and sorting, so that accents and case do not matter.

In scripts that are written without spaces each character is a word, so any part of a Chinese or Japanese sentence is
found. Thai, Lao and Khmer are not split: there a search finds what begins after a space or a vowel sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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


def words_in(text: str) -> Iterator[Word]:
    """Yield the words of *text* as the search index has them, in order."""
    folded: list[str] = []
    at: list[int] = []  # the offset in *text* of each folded character
    for i, character in enumerate(text):
        for piece in _folded(character):
            folded.append(piece)
            at.append(i)
    at.append(len(text))
    for match in _WORD.finditer("".join(folded)):
        end = at[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield Word(match[0], at[match.start()], end)


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    """Return the folded form of *character*: nothing for an accent, a space for what has no form."""
    return "" if unicodedata.combining(character) else fold(character).casefold() or " "


def facet_key(name: str) -> str:
    """Return the form in which tags and names are compared: "Slow-Burn" and "slow burn" are one."""
    return " ".join(_JOINTS.sub(" ", fold(name)).split()) or fold(name)
