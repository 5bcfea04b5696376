"""Which texts cannot match patterns, told by their first characters: most paragraphs cannot, and patterns are slow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

import regex

_CHARS = 4  # the fewer, the more paragraphs begin alike, so that most are known already


def beginnings_of(patterns: Iterable[re.Pattern[str]]) -> Callable[[str], bool]:
    """Return a function that says whether a text may match one of *patterns* as a whole."""
    patterns = tuple(patterns)

    @cache  # not at once: a process that reads no file needs none
    def compiled() -> list[regex.Pattern[str]]:
        return [regex.compile(pattern.pattern, regex.I if pattern.flags & re.I else 0) for pattern in patterns]

    @lru_cache(maxsize=1 << 14)
    def may_begin(start: str) -> bool:
        return any(pattern.fullmatch(start, partial=True) for pattern in compiled())

    return lambda text: may_begin(text[:_CHARS])
