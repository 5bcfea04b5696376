"""The values that a story file is parsed into, and the parts of a stored story that screens show.

All offsets and lengths count Unicode code points of a chapter's plain prose. The prose has one blank line between
paragraphs, two between scenes, and a newline between lines of verse. It has no markup, escapes or ornaments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.stories.lengths import percent_behind
from bot.stories.metadata import value_of
from bot.stories.wishes import Wishes

PARSER_VERSION = 49
"""Version of the parser; any change to how text is parsed must increment it, so that every file is read again."""

PARAGRAPH_BREAK = "\n\n"
SCENE_BREAK = "\n\n\n"


class Refused(ValueError):
    """Raised for a file that cannot be read as a story; the message explains why to its sender.

    *english* is a template with *values* in braces. Its translation is the Fluent message ``refused-`` plus *reason*.
    """

    def __init__(self, reason: str, english: str, /, **values: str | int | Refused) -> None:
        super().__init__(english.format(**values))
        self.reason = reason
        self.english = english
        self.values = values

    def __reduce__(self) -> tuple[Callable[..., Refused], tuple[str, str, dict[str, str | int | Refused]]]:
        """Make the error picklable, because files are read in another process."""
        return _refused, (self.reason, self.english, self.values)


def _refused(reason: str, english: str, values: dict[str, str | int | Refused]) -> Refused:
    return Refused(reason, english, **values)


Emphasis = Literal["italic", "bold", "underline", "strike"]


class Span(NamedTuple):
    """Emphasis of one kind from *start* to *end* (exclusive); a tuple, because a book has many spans."""

    start: int
    end: int
    kind: Emphasis


PageLength = Literal["phone", "desktop"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a chapter; joined, the pages of a chapter are its prose."""

    start: int
    text: str
    spans: tuple[Span, ...] = ()
    """Emphasis, with offsets from the start of the page."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that can be read without its context; *start* is its offset in the chapter."""

    start: int
    text: str
    score: int
    """Quality from 0 to 100; see `bot.stories.quotes.score`."""


@dataclass(frozen=True, slots=True)
class ChapterName:
    """Name of a chapter; ``Chapter 3: The Storm`` has a number and a title.

    Text before the first heading has no name: all fields are None, unless the first heading is number 2, which makes
    the text number 1.
    """

    title: str | None = None
    number: int | None = None
    """Number that the author gives; if the author does not number the chapters, all but prologues count from 1."""
    label: str | None = None
    """Number with the author's word for a chapter, if the word is not "chapter": ``Letter 4``, ``Act II``."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a story, with the author's notes before and after the chapter."""

    name: ChapterName
    prose: str
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    quotes: tuple[Quote, ...]
    words: int
    """Number of words, counted when the file is read, because counting a book while a reader waits takes too long."""
    page_starts: dict[PageLength, list[int]] = field(hash=False)
    """Offsets at which pages begin, by page length."""
    spans: tuple[Span, ...] = ()
    """Emphasis, with offsets from the start of the prose."""
    page_words: dict[PageLength, list[int]] = field(default_factory=dict[PageLength, list[int]], hash=False)
    """Word count of each page, by page length; counted when the file is read, to keep database transactions short."""
    passage_starts: list[int] = field(default_factory=list[int], hash=False)
    """Offsets at which search passages begin; a passage has at most `bot.stories.passages.PASSAGE_CHARS` characters."""
    passage_words: list[int] = field(default_factory=list[int], hash=False)
    """Word count of each passage."""

    @property
    def title(self) -> str | None:
        return self.name.title

    @property
    def pages(self) -> int:
        """Number of phone pages."""
        return len(self.page_starts["phone"])

    @property
    def scene_breaks(self) -> int:
        return self.prose.count(SCENE_BREAK)

    @property
    def verse_blocks(self) -> int:
        """Number of blocks with two or more lines, which keep their line breaks."""
        return sum("\n" in block.strip("\n") for block in self.prose.split(PARAGRAPH_BREAK))


@dataclass(frozen=True, slots=True)
class Story:
    """A parsed story file; every word that its author wrote is kept in a field."""

    title: str
    author: str | None
    summary: str | None
    metadata: dict[str, str] = field(hash=False)
    """Values of labelled lines other than title, author, summary and notes, by label in lower case."""
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    end_marker: str | None
    chapters: tuple[Chapter, ...]
    warnings: tuple[str, ...] = ()
    """Warnings for the author about how the file was read; the story is published all the same."""
    id: str | None = None
    """Key of the story among those of the stories folder or of one server, if the author states one."""
    order: int | None = None
    """Position of the story in lists; stories without a position come last."""
    is_named: bool = True
    """Whether the file states the title; otherwise the title is the file name or the opening words."""

    @property
    def words(self) -> int:
        return sum(chapter.words for chapter in self.chapters)

    @property
    def last_number(self) -> int | None:
        """Number of the last numbered chapter; None if there is none, or if numbers restart in a later part."""
        numbers = [chapter.name.number for chapter in self.chapters if chapter.name.number is not None]
        is_ascending = all(one < other for one, other in pairwise(numbers))
        return numbers[-1] if numbers and is_ascending else None

    @property
    def all_notes(self) -> tuple[str, ...]:
        """All notes around the story and its chapters."""
        chapters = [note for chapter in self.chapters for note in (*chapter.notes_before, *chapter.notes_after)]
        return (*self.notes_before, *chapters, *self.notes_after)

    @property
    def language(self) -> str | None:
        """The language in the file's spelling, if stated."""
        return value_of(self.metadata, "language")


# -- a stored story ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in a story: a chapter id, and an offset in its prose."""

    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story as lists show it."""

    id: int
    title: str
    author: str | None
    words: int
    pages: int
    chapters: int
    wishes: Wishes = field(default_factory=Wishes)
    """The author's permissions; `Wishes.servers` is always None here."""
    last_number: int | None = None
    """Number of the last numbered chapter; see `Story.last_number`."""

    @property
    def may_share(self) -> bool:
        """Whether the author allows showing the story to anyone but the reader who opens the story."""
        return self.wishes.share


@dataclass(frozen=True, slots=True)
class StoryBlurb:
    """What a list shows of a story in addition to its title."""

    rating: str | None
    language: str | None
    fandoms: tuple[str, ...]
    summary: str | None
    """First sentence of the summary."""
    opening: str
    """First words of the story that do not repeat its title."""
    status: str | None = None
    loved: tuple[str, int] | None = None
    """Emoji that most readers reacted with, and how many did."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as its card shows it; the card is the message that introduces a story."""

    entry: StorySummary
    summary: str | None
    language: str | None
    rating: str | None
    status: str | None
    metadata: dict[str, str] = field(hash=False)
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    opening: str = ""
    """First sentence of the story."""


@dataclass(frozen=True, slots=True)
class ChapterSummary:
    """A chapter as a table of contents shows it."""

    id: int
    position: int
    """Position among all chapters of the story, from 1."""
    name: ChapterName
    words: int
    pages: int
    is_read: bool = False
    """Whether the reader has read past the chapter's end."""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that a reader has open, with the positions that its buttons lead to."""

    story: StorySummary
    chapter: ChapterSummary
    text: str
    spot: Spot
    number: int
    """Number of the page within its chapter, from 1."""
    words_before: int
    """Number of words in the story before this page."""
    words: int
    notes_before: tuple[str, ...]
    """Notes before the chapter; only on its first page."""
    notes_after: tuple[str, ...]
    first: Spot
    previous: Spot | None
    following: Spot | None
    last: Spot
    spans: tuple[Span, ...] = ()
    """Emphasis, with offsets from the start of the page."""

    @property
    def is_last(self) -> bool:
        """Whether the story ends with this page."""
        return self.following is None

    @property
    def percent(self) -> int:
        """Percentage of the story before this page, at most 99."""
        return percent_behind(self.words_before, self.story.words)

    @property
    def words_left(self) -> int:
        """Number of words from the top of this page to the end of the story."""
        return max(0, self.story.words - self.words_before)


@dataclass(frozen=True, slots=True)
class FullChapter:
    """A chapter as a download has it."""

    name: ChapterName
    prose: str
    spans: tuple[Span, ...]
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FullStory:
    """A story as a download has it: its whole text, with the author's notes."""

    id: int
    title: str
    author: str | None
    summary: str | None
    language: str | None
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    chapters: tuple[FullChapter, ...]


@dataclass(frozen=True, slots=True)
class QuoteInContext:
    """A quote with its story and chapter."""

    id: int
    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    text: str
    percent: int = 0
    """Percentage of the story before the quote."""
    is_first_part: bool = True
    """Whether the quote is in the first third of the story, where nothing counts as a spoiler."""
