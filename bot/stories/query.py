"""Parse a search query: words, "phrases" in quotation marks, and prefixes* of words.

A passage matches if it contains all terms. There is no other syntax; other characters are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.stories.folding import Folded, searchable

QUERY_CHARS = 200
"""Maximum characters of a query; the rest is ignored."""

MOST_WORDS = 16
"""Maximum words of a query; the rest is ignored."""

NAME_WORDS = 12
"""Maximum words of a search in titles and authors; the rest is ignored."""

# Minimum characters of a prefix. A shorter one is searched as a whole word: as a prefix it would match nearly every
# passage.
_SHORTEST_PREFIX = 2
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"'))
_PARTS = re.compile(r'"(?P<phrase>[^"]+)"(?P<star>\*?)|(?P<chunk>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Consecutive words; the last may be a prefix."""

    words: tuple[str, ...]
    is_prefix: bool = False


Query = tuple[Term, ...]
"""Terms that must all match; empty if the reader typed no word."""


def read_query(typed: str) -> Query:
    """Return the terms of a query; words with a hyphen, or of a script without spaces, become phrases."""
    terms: dict[Term, None] = {}
    left = MOST_WORDS
    for part in _PARTS.finditer(typed[:QUERY_CHARS].translate(_QUOTES)):
        text = part["phrase"] or part["chunk"]
        words = tuple(Folded(text).words()[:left])
        if words:
            starred = bool(part["star"]) or text.rstrip().endswith("*")
            terms[Term(words, starred and len(words[-1]) >= _SHORTEST_PREFIX)] = None
            left -= len(words)
    return tuple(terms)


def read_name_query(typed: str) -> Query:
    """Return the terms for a search in titles and authors while a reader types: each word is a prefix."""
    return tuple(Term((word,), is_prefix=True) for word in searchable(typed[:QUERY_CHARS]).split()[:NAME_WORDS])
