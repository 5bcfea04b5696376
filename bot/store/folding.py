"""Text folded for finding and sorting: accents and case do not matter, and words are found by how they begin."""

from __future__ import annotations

import re
import unicodedata

_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """*text* in lower case, without accents, with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def searchable(text: str) -> str:
    """*text* as the search index takes it: scripts written without spaces are parted into their characters."""
    return _CJK.sub(r" \1 ", fold(text))


def match_words(typed: str) -> str | None:
    """An FTS5 query for what a reader typed: every word, each as the beginning of a word. None for no words.

    Only letters and digits of *typed* reach the query, each word quoted, so it cannot be read as syntax.
    """
    words = _WORD.findall(searchable(typed[:200]))[:12]
    return " ".join(f'"{word}"*' for word in words) or None
