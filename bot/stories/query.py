"""The search query that a reader types: words, "phrases" in quotation marks, and prefixes* of words.

All of it must stand in one passage. There is no other syntax: of anything else only the words count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.stories.folding import Folded, searchable

QUERY_CHARS = 200
"""Characters of a query that are read."""

MOST_WORDS = 16
"""Words that are searched for: the first ones."""

NAME_WORDS = 12
"""Words that are searched for in a title and an author: the first ones."""

# Characters before a star; a shorter one is a whole word, because nearly every passage has a word with its letter.
_SHORTEST_PREFIX = 2
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"'))
_PARTS = re.compile(r'"(?P<phrase>[^"]+)"(?P<star>\*?)|(?P<chunk>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; the last may be a prefix."""

    words: tuple[str, ...]
    is_prefix: bool = False


Query = tuple[Term, ...]
"""Terms that must all be found; empty where the reader typed no word."""


def read_query(typed: str) -> Query:
    """Return the terms to search for; words with a hyphen, or of a script without spaces, are phrases."""
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


def read_name(typed: str) -> Query:
    """What to look for in titles and authors while a reader types: each word as the beginning of a word."""
    return tuple(Term((word,), is_prefix=True) for word in searchable(typed[:QUERY_CHARS]).split()[:NAME_WORDS])
