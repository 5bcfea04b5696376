"""Words and phrases that the parser recognises, in a file for each language.

Speakers of a language can review its file without reading code; ``docs/languages.md`` says what each key is for. The
parser searches for the words of all languages at once, because a story's language is unknown until its labels are read;
only `quote_words` and `quote_phrases` depend on the story's language. Whoever changes a file increments
`PARSER_VERSION`, since text is then parsed differently.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Vocabulary of one language, as in its file. Phrases are regular expressions."""

    end_marks: list[str] = field(default_factory=list[str])
    """Phrases that end a story or a chapter if they are alone on a line."""
    letter_closings: list[str] = field(default_factory=list[str])
    """Phrases that close a letter."""
    salutations: list[str] = field(default_factory=list[str])
    """Phrases that begin a letter; no title begins with them."""
    number_words: list[str] = field(default_factory=list[str])
    """Series of number words, separated by spaces; each series counts from one."""
    parts_of_books: list[str] = field(default_factory=list[str])
    """Headings of parts of a book other than chapters: ``preface``."""
    headings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases in headings, by kind.

    The kinds are ``chapters``, ``parts``, ``acts``, ``scenes``, ``others`` (numbered letters, days and similar),
    ``named`` (a prologue and similar, which have no number) and ``casts`` (headings of a list of characters).
    """
    labels: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Labels by kind.

    Those under ``only_before_a_colon`` also occur in prose before a dash, so they need a colon. Those under
    ``only_in_a_block`` also begin letters, so they are labels only beside other labels.
    """
    details: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Labels by the detail of a story that they state: ``rating``, ``language``."""
    statuses: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases that state whether a story is complete or goes on, by status."""
    bylines: list[str] = field(default_factory=list[str])
    """Words before an author's name below a title: ``by``."""
    has_spaces: bool = True
    """Whether spaces separate words; if not, a phrase may begin between any two letters."""
    elides: bool = False
    """Whether an apostrophe separates two words, as in "l'heure"."""
    naming: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases in lines with the title or the author, in dedications, dates and farewells, by kind.

    `bot.stories.sections.naming_words` makes patterns of them.
    """
    posting: dict[str, str] = field(default_factory=dict[str, str])
    """Words and phrases of people who post, separated by commas, by kind; `bot.stories.sections.remarks` reads them."""
    quote_words: dict[str, str] = field(default_factory=dict[str, str])
    """Words, separated by spaces, to which `bot.stories.quotes.weights` gives points, by kind."""
    quote_phrases: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases to which `bot.stories.quotes.weights` gives points, by kind."""


SEVERAL = "several"
"""Key in `VOCABULARIES`, and name of the file, of words that any language borrows."""

VOCABULARIES = {
    path.stem: Vocabulary(**tomllib.loads(path.read_text("utf-8")))
    for path in sorted(Path(__file__).parent.glob("*.toml"))
}
"""Vocabulary of each language by its ISO 639-1 code, and of the words that any language borrows, by `SEVERAL`."""
