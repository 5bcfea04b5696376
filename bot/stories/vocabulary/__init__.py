"""The words and phrases by which the parser recognises things, a file for each language.

Whoever speaks a language can review its file without reading code. All languages are looked for at once, because a
story's language is not known before its labels are read; only `quote_words` and `quote_phrases` are those of the
story's own language. A change to any file changes how text is understood, so it raises `PARSER_VERSION`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The vocabulary of one language, as its file has it. What it calls phrases are regular expressions."""

    end_marks: list[str] = field(default_factory=list[str])
    """Phrases that end a story or a chapter, on a line of their own."""
    asking: list[str] = field(default_factory=list[str])
    """Phrases that ask for an answer: an author asks readers, but a character may ask so in a letter."""
    letter_closings: list[str] = field(default_factory=list[str])
    """Phrases that close a letter."""
    salutations: list[str] = field(default_factory=list[str])
    """Phrases with which a letter begins: no title begins so."""
    number_words: list[str] = field(default_factory=list[str])
    """Series of words, parted by spaces, each of which counts from one."""
    parts_of_books: list[str] = field(default_factory=list[str])
    """Phrases that head a part of a book that is no chapter."""
    headings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases in the headings of chapters, by kind: see `bot.stories.sections.headings`."""
    labels: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Labels by kind; those under ``only_before_a_colon`` are words that prose has before a dash, too.

    Those under ``only_in_a_block`` are labels only beside others: letters have them, too.
    """
    details: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Labels by the detail of a story that they state."""
    statuses: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases that state whether a story goes on, by status."""
    bylines: list[str] = field(default_factory=list[str])
    """Words before an author's name under a title."""
    greetings: list[str] = field(default_factory=list[str])
    """Words with which an author greets readers, in small letters."""
    has_spaces: bool = True
    """Whether spaces part words; where they do not, a phrase may begin amid letters."""
    telling: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Phrases that only the author of a posted story says, by subject."""
    stems: list[str] = field(default_factory=list[str])
    """Words and parts of words in small letters: a text without any of them has none of the *telling* phrases."""
    naming: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Words in lines that name the title or the author, by kind: see `bot.stories.sections.title_lines`."""
    posting: dict[str, str] = field(default_factory=dict[str, str])
    """Words, parted by commas, that `bot.stories.sections.posting` gives points to, by kind.

    Those of "opening" count at the beginning of a paragraph, those of "self" and "you" where the story has none.
    """
    site: dict[str, str] = field(default_factory=dict[str, str])
    """What sites set around a story, by kind: see `bot.stories.formats.furniture`."""
    examples: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Under ``told`` what an author says, an example for each *telling* phrase; under ``story`` what a story says.

    Under ``posted`` and ``narrated`` the same for the words of posting.
    """
    quote_words: dict[str, str] = field(default_factory=dict[str, str])
    """Words, parted by spaces, that `bot.stories.quotes.weights` gives points to, by kind."""
    quote_phrases: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """The same for phrases."""


def in_small_letters(phrase: str) -> str:
    """Return a *phrase* that finds in a text in small letters what it finds in any, which takes half of the time."""
    return re.sub(r"\\.|[A-Z]", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), phrase)


SEVERAL = "several"
"""The name of the file with words that any language borrows."""

VOCABULARIES = {
    path.stem: Vocabulary(**tomllib.loads(path.read_text("utf-8")))
    for path in sorted(Path(__file__).parent.glob("*.toml"))
}
"""The vocabulary of each language by its ISO 639-1 code; ``several`` has phrases that mix languages."""
