"""Patterns of many words that are fast, though most texts match none of them.

Most texts are known by their first characters to match none of some patterns. Words that begin alike share their
beginning in a pattern, so that not each of them is tried. And a pattern is compiled with the first text that needs it,
since a process that reads no file needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import groupby

import regex

CHARS = 4
"""Characters by which a text is known: the fewer, the more texts begin alike, so that most are known already."""


def beginnings_of(*patterns: Callable[[], re.Pattern[str] | str]) -> Callable[[str], bool]:
    """Return a function that says whether a text may match one of *patterns* as a whole.

    In place of a pattern that takes long to compile there may be the text of one that matches as much and more.
    """

    @cache
    def compiled() -> list[regex.Pattern[str]]:
        return [_partial(pattern()) for pattern in patterns]

    @lru_cache(maxsize=1 << 14)
    def may_begin(start: str) -> bool:
        return any(pattern.fullmatch(start, partial=True) for pattern in compiled())

    return lambda text: may_begin(text[:CHARS])


def _partial(pattern: re.Pattern[str] | str) -> regex.Pattern[str]:
    if isinstance(pattern, str):
        return regex.compile(pattern)
    return regex.compile(pattern.pattern, regex.I if pattern.flags & re.I else 0)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for the longest of *words* that a text begins with."""
    words = sorted(set(words))
    groups = groupby(filter(None, words), key=lambda word: word[0])
    branches = [re.escape(first) + any_of(word[1:] for word in group) for first, group in groups]
    if not branches:
        return ""
    is_optional = words[0] == ""
    together = "|".join(branches)
    return f"(?:{together})?" if is_optional else f"(?:{together})" if len(branches) > 1 else together
