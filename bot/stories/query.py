"""What a reader types to find a passage: words, "phrases" in quotation marks, and beginnings* of words.

All must stand in one passage. Whatever else is typed is just text: of it the words count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.stories.folding import searchable, words_in

QUERY_CHARS = 200
"""Characters that are looked at."""

MOST_WORDS = 16
"""Words that are looked for; the first count."""

NAME_WORDS = 12
"""Words that are looked for in a title and an author; the first count."""

SHORTEST_BEGINNING = 2
"""Characters before a star: of a single one nearly every passage has a word. A shorter one is a whole word."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"'))
_PARTS = re.compile(r'"(?P<phrase>[^"]+)"(?P<star>\*?)|(?P<chunk>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; of the last perhaps only the beginning."""

    words: tuple[str, ...]
    is_beginning: bool = False


Query = tuple[Term, ...]
"""Terms that must all be found; with none, nothing was asked."""


def read_query(typed: str) -> Query:
    """What to look for. A word with a hyphen or an apostrophe, or of a script without spaces, is a phrase."""
    terms: dict[Term, None] = {}
    left = MOST_WORDS
    for part in _PARTS.finditer(typed[:QUERY_CHARS].translate(_QUOTES)):
        text = part["phrase"] or part["chunk"]
        words = tuple(word.folded for word in words_in(text))[:left]
        if words:
            starred = bool(part["star"]) or text.rstrip().endswith("*")
            terms[Term(words, starred and len(words[-1]) >= SHORTEST_BEGINNING)] = None
            left -= len(words)
    return tuple(terms)


def read_name(typed: str) -> Query:
    """What to look for in titles and authors while a reader types: each word as the beginning of a word."""
    return tuple(Term((word,), is_beginning=True) for word in searchable(typed[:QUERY_CHARS]).split()[:NAME_WORDS])
