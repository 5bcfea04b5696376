"""The values a story file becomes.

All offsets and lengths are Unicode code points of a chapter's plain prose. In that prose paragraphs are
parted by one blank line, scenes by two, and the lines of a verse by a newline; it holds no markup, no escapes
and no ornaments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.stories.metadata import value_of

PARSER_VERSION = 4
"""Raised with any change to how text is understood, so that every file is read once more."""

PARAGRAPH_BREAK = "\n\n"
SCENE_BREAK = "\n\n\n"


class Refused(ValueError):
    """A file cannot be read as a story; the message says why, in words for the person who put it there."""


Emphasis = Literal["italic", "bold", "underline", "strike"]


@dataclass(frozen=True, slots=True)
class Span:
    """Emphasis of one kind over the characters from *start* to *end* (not included)."""

    start: int
    end: int
    kind: Emphasis


PageLength = Literal["short", "medium", "long"]


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a chapter: the pages of a chapter, joined with nothing between, are its prose."""

    start: int
    text: str
    spans: tuple[Span, ...] = ()
    """Emphasis, counted from the start of the page."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that stands by itself, and where in its chapter it begins."""

    start: int
    text: str
    score: int
    """How good it is, from 0 to 100: see `bot.stories.quotes.score`."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the story proper, with what the author said around it."""

    title: str | None
    prose: str
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    pages: tuple[Page, ...]
    quotes: tuple[Quote, ...]
    words: int
    """Counted once, where the file is read: in a book it takes longer than a reader should wait."""
    spans: tuple[Span, ...] = ()
    """Emphasis, counted from the start of the prose."""
    page_starts: dict[PageLength, list[int]] = field(default_factory=dict[PageLength, list[int]], hash=False)
    """Where its pages begin, for each length that a reader may choose; *pages* are those of medium length."""
    passage_starts: list[int] = field(default_factory=list[int], hash=False)
    """Where the passages begin that are searched; of at most `bot.stories.pages.PASSAGE_CHARS` characters."""

    @property
    def scene_breaks(self) -> int:
        return self.prose.count(SCENE_BREAK)

    @property
    def verse_blocks(self) -> int:
        """Blocks of two or more lines that keep their line breaks."""
        return sum("\n" in block.strip("\n") for block in self.prose.split(PARAGRAPH_BREAK))


@dataclass(frozen=True, slots=True)
class Story:
    """What a careful reader takes from one file. Every word of the file is in exactly one of these fields."""

    title: str
    author: str | None
    summary: str | None
    metadata: dict[str, str] = field(hash=False)
    """What labelled lines say beside title, author, summary and notes, by the label in lower case."""
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    end_marker: str | None
    chapters: tuple[Chapter, ...]
    warnings: tuple[str, ...] = ()
    """What a writer should know about how the file was read; nothing of it stops the story."""
    id: str | None = None
    """What the story is known by within its shelf, where its writer says so."""
    order: int | None = None
    """Where it stands in a list, before all that say nothing of it."""

    @property
    def words(self) -> int:
        return sum(chapter.words for chapter in self.chapters)

    @property
    def all_notes(self) -> tuple[str, ...]:
        """Everything the author says around the story and its chapters."""
        chapters = [note for chapter in self.chapters for note in (*chapter.notes_before, *chapter.notes_after)]
        return (*self.notes_before, *chapters, *self.notes_after)

    @property
    def language(self) -> str | None:
        """What the source says of its language, in its own words."""
        return value_of(self.metadata, "language")


# -- what the library hands out: a story that has been shelved ------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a story: a chapter by its stable id, and an offset in that chapter's prose."""

    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story as a list shows it."""

    id: int
    title: str
    author: str | None
    words: int
    pages: int
    chapters: int
    may_share: bool = True
    """Whether its writer lets it be shown to more than the one who asks."""


@dataclass(frozen=True, slots=True)
class Card:
    """A story as its card shows it."""

    entry: StorySummary
    summary: str | None
    language: str | None
    rating: str | None
    status: str | None
    metadata: dict[str, str] = field(hash=False)
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterSummary:
    """A chapter as a list of contents shows it; *number* counts from 1."""

    id: int
    number: int
    title: str | None
    words: int
    pages: int
    is_read: bool = False
    """Whether the reader has been past it."""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """An open page: its text, where it stands, and where its buttons lead."""

    story: StorySummary
    chapter: ChapterSummary
    text: str
    spot: Spot
    number: int
    """The page's number within its chapter, from 1."""
    words_before: int
    """Words of the story before this page."""
    words: int
    notes_before: tuple[str, ...]
    """What the author says before this page; empty on all but the first of a chapter."""
    notes_after: tuple[str, ...]
    first: Spot
    previous: Spot | None
    following: Spot | None
    last: Spot
    spans: tuple[Span, ...] = ()
    """Emphasis, counted from the start of the page."""

    @property
    def is_last(self) -> bool:
        """Whether the story ends with this page."""
        return self.following is None

    @property
    def percent(self) -> int:
        """How much of the story is read when this page is; 100 on the last page only."""
        if self.is_last:
            return 100
        return min(99, 100 * (self.words_before + self.words) // max(1, self.story.words))

    @property
    def words_left(self) -> int:
        """Words from the top of this page to the end of the story."""
        return max(0, self.story.words - self.words_before)


@dataclass(frozen=True, slots=True)
class FullChapter:
    """A chapter as it is handed out."""

    title: str | None
    prose: str
    spans: tuple[Span, ...]
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FullStory:
    """A story as it is handed out: all of its text, with what the author says around it."""

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
    """A quote on the table: what it says and where it is from."""

    id: int
    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    text: str
    percent: int = 0
    """How much of the story comes before it."""
    is_first_part: bool = True
    """Whether it is from where nothing is a spoiler."""
