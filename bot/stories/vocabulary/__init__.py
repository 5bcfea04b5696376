"""Words and phrases that the parser recognises, in a file for each language.

Speakers of a language can review its file without reading code. The parser searches for all languages at once, because
a story's language is unknown until its labels are read; only `quote_words` and `quote_phrases` depend on the story's
language. A change to any file changes how text is parsed, so it raises `PARSER_VERSION`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Vocabulary of one language, as in its file. Phrases are regular expressions."""

    end_marks: list[str] = field(default_factory=list[str])
    """Phrases that end a story or a chapter, alone on a line."""
    asking: list[str] = field(default_factory=list[str])
    """Phrases that ask for an answer: an author asks readers, but a character may do so in a letter."""
    letter_closings: list[str] = field(default_factory=list[str])
    """Phrases that close a letter."""
    salutations: list[str] = field(default_factory=list[str])
    """Phrases that begin a letter; no title begins with them."""
    number_words: list[str] = field(default_factory=list[str])
    """Series of number words, separated by spaces; each series counts from one."""
    parts_of_books: list[str] = field(default_factory=list[str])
    """Phrases that head a part of a book other than a chapter."""
    headings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases in chapter headings, by kind: see `bot.stories.sections.headings`."""
    labels: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Labels by kind.

    Those under ``only_before_a_colon`` also occur in prose before a dash, so that they need a colon. Those under
    ``only_in_a_block`` also occur in letters, so that they are labels only beside others.
    """
    details: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Labels by the detail of a story that they state."""
    statuses: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases that state whether a story is complete or goes on, by status."""
    bylines: list[str] = field(default_factory=list[str])
    """Words before an author's name under a title."""
    greetings: list[str] = field(default_factory=list[str])
    """Words, in lower case, with which an author greets readers."""
    has_spaces: bool = True
    """Whether spaces separate words; if not, a phrase may begin between any two letters."""
    telling: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases that only the author of a posted story uses, by subject."""
    stems: list[str] = field(default_factory=list[str])
    """Words and parts of words, in lower case; a text with a *telling* phrase contains one of them."""
    naming: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Words in lines with the title or the author, by kind: see `bot.stories.sections.title_lines`."""
    posting: dict[str, str] = field(default_factory=dict[str, str])
    """Words, separated by commas, to which `bot.stories.sections.posting` gives points, by kind.

    Those of "opening" count only at the beginning of a paragraph, those of "self" and "you" only if the story has none.
    """
    site: dict[str, str] = field(default_factory=dict[str, str])
    """Texts that sites add around a story, by kind: see `bot.stories.formats.furniture`."""
    examples: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Example sentences, for tests and for training the scores.

    ``told`` has an author's sentence for each *telling* phrase, ``story`` has sentences of stories. ``posted`` and
    ``narrated`` are the same for the words of posting.
    """
    quote_words: dict[str, str] = field(default_factory=dict[str, str])
    """Words, separated by spaces, to which `bot.stories.quotes.weights` gives points, by kind."""
    quote_phrases: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases to which `bot.stories.quotes.weights` gives points, by kind."""


def in_small_letters(phrase: str) -> str:
    """Return *phrase* for a search in lower-case text, which takes half as long as ignoring case."""
    return re.sub(r"\\.|[A-Z]", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), phrase)


SEVERAL = "several"
"""Name of the file with words that any language borrows."""

VOCABULARIES = {
    path.stem: Vocabulary(**tomllib.loads(path.read_text("utf-8")))
    for path in sorted(Path(__file__).parent.glob("*.toml"))
}
"""Vocabulary of each language by its ISO 639-1 code; ``several`` has words that any language borrows."""
