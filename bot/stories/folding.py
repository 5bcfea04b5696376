"""Text folded for finding and sorting: accents and case do not matter, and words are found by how they begin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_JOINTS = re.compile(r"[-_‐‑]+")
_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")
_NO_WORD = re.compile(r"[\W_]+")
_FOUND = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
"""A word as the search index takes it; of scripts written without spaces each character."""


def fold(text: str) -> str:
    """*text* in lower case, without accents, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if not decomposed.isascii():
        decomposed = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(decomposed.split())


def clean(typed: str) -> str:
    """What somebody typed on one line, without what no text may hold."""
    return " ".join(typed.encode("utf-8", "ignore").decode().split())


def searchable(text: str) -> str:
    """*text* as the search index takes it: scripts written without spaces are parted into their characters.

    Only words are left: SQLite knows an older Unicode than Python and takes an emoji for a letter. A passage is taken
    out of the index by what this says of it, so a change here needs a migration step that empties index and passages,
    and a new `PARSER_VERSION`.
    """
    return _NO_WORD.sub(" ", _CJK.sub(r" \1 ", fold(text)))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, and where in the text it stands."""

    folded: str
    start: int
    end: int


def words_in(text: str) -> Iterator[Word]:
    """The words of *text* as the search index knows them, in order."""
    folded: list[str] = []
    at: list[int] = []  # for each character folded, where the one of the text is that it comes from
    for i, character in enumerate(text):
        for piece in _folded(character):
            folded.append(piece)
            at.append(i)
    at.append(len(text))
    for match in _FOUND.finditer("".join(folded)):
        end = at[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield Word(match[0], at[match.start()], end)


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    """What *character* is in a folded text: nothing, where it is only an accent, and a space where it is none."""
    return "" if unicodedata.combining(character) else fold(character).casefold() or " "


def mark_key(name: str) -> str:
    """How a tag or a name is compared: "Slow-Burn" and "slow burn" are one."""
    return " ".join(_JOINTS.sub(" ", fold(name)).split()) or fold(name)
