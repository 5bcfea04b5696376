"""Build fast patterns from long lists of words.

The first characters of a text rule out most patterns, and the answer is cached by these characters. Words with a common
beginning share it in the pattern. Patterns are compiled on first use, since a process that reads no file needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import groupby

import regex

CHARS = 4
"""Number of first characters that a quick test reads; fewer characters give more cache hits."""


def beginnings_of(*patterns: Callable[[], re.Pattern[str] | str]) -> Callable[[str], bool]:
    """Return a quick test of a text's first characters: false if none of *patterns* can match all of the text.

    If a pattern takes long to compile, pass the source of a simpler one that matches at least the same texts.
    """

    @cache
    def compiled() -> list[regex.Pattern[str]]:
        return [_as_regex(pattern()) for pattern in patterns]

    @lru_cache(maxsize=1 << 14)
    def may_begin(start: str) -> bool:
        return any(pattern.fullmatch(start, partial=True) for pattern in compiled())

    return lambda text: may_begin(text[:CHARS])


def _as_regex(pattern: re.Pattern[str] | str) -> regex.Pattern[str]:
    if isinstance(pattern, str):
        return regex.compile(pattern)
    return regex.compile(pattern.pattern, regex.I if pattern.flags & re.I else 0)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of *words* with which a text begins."""
    words = sorted(set(words))
    groups = groupby(filter(None, words), key=lambda word: word[0])
    branches = [re.escape(first) + any_of(word[1:] for word in group) for first, group in groups]
    if not branches:
        return ""
    is_optional = words[0] == ""
    together = "|".join(branches)
    return f"(?:{together})?" if is_optional else f"(?:{together})" if len(branches) > 1 else together
