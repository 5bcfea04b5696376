"""What a story file is read into, and the parts of a stored story that a screen shows.

All offsets and lengths count Unicode code points of a chapter's plain prose. In that prose one blank line stands
between paragraphs, two between scenes, and a newline between the lines of a verse. It holds no markup, no escapes and
no ornaments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.stories.lengths import percent_behind
from bot.stories.metadata import value_of
from bot.stories.wishes import Wishes

PARSER_VERSION = 40
"""Raise it with any change to how text is understood: then every file is read again."""

PARAGRAPH_BREAK = "\n\n"
SCENE_BREAK = "\n\n\n"


class Refused(ValueError):
    """Raised for a file that is no story; the message tells the person who put it there why.

    *English* is the message with its *values* in braces. A translation says it by the id ``refused-`` and *reason*.
    """

    def __init__(self, reason: str, english: str, /, **values: str | int | Refused) -> None:
        super().__init__(english.format(**values))
        self.reason = reason
        self.english = english
        self.values = values

    def __reduce__(self) -> tuple[Callable[..., Refused], tuple[str, str, dict[str, str | int | Refused]]]:
        """Say how to make it again in another process."""
        return _refused, (self.reason, self.english, self.values)


def _refused(reason: str, english: str, values: dict[str, str | int | Refused]) -> Refused:
    return Refused(reason, english, **values)


Emphasis = Literal["italic", "bold", "underline", "strike"]


class Span(NamedTuple):
    """Emphasis of one kind, from *start* up to but not including *end*. A tuple: a book has many."""

    start: int
    end: int
    kind: Emphasis


PageLength = Literal["phone", "desktop"]


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a chapter; the pages of a chapter joined are its prose."""

    start: int
    text: str
    spans: tuple[Span, ...] = ()
    """Emphasis, with offsets from the start of the page."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that stands by itself; *start* is its offset in the chapter."""

    start: int
    text: str
    score: int
    """How good it is, from 0 to 100: see `bot.stories.quotes.score`."""


@dataclass(frozen=True, slots=True)
class ChapterName:
    """What the author calls a chapter; ``Chapter 3: The Storm`` is its number and its title.

    What stands before the first heading has no name at all.
    """

    title: str | None = None
    number: int | None = None
    """The author's number. Where no heading has one, chapters count from 1, and a prologue does not count."""
    label: str | None = None
    """The words with the number, where "chapter" would be wrong: ``Letter 4``, ``Act II``."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the story, with the author's notes around it."""

    name: ChapterName
    prose: str
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    pages: tuple[Page, ...]
    quotes: tuple[Quote, ...]
    words: int
    """Counted when the file is read, because counting a book takes longer than a reader should wait."""
    spans: tuple[Span, ...] = ()
    """Emphasis, with offsets from the start of the prose."""
    page_starts: dict[PageLength, list[int]] = field(default_factory=dict[PageLength, list[int]], hash=False)
    """Offsets at which its pages begin, for each page length; *pages* has those for a phone."""
    page_words: dict[PageLength, list[int]] = field(default_factory=dict[PageLength, list[int]], hash=False)
    """How many words each of these pages has: counted where the file is read, so that no writer waits for it."""
    passage_starts: list[int] = field(default_factory=list[int], hash=False)
    """Offsets at which its search passages begin; each has `bot.stories.passages.PASSAGE_CHARS` at most."""
    passage_words: list[int] = field(default_factory=list[int], hash=False)
    """How many words each of them has."""

    @property
    def title(self) -> str | None:
        return self.name.title

    @property
    def scene_breaks(self) -> int:
        return self.prose.count(SCENE_BREAK)

    @property
    def verse_blocks(self) -> int:
        """The number of blocks of two or more lines, which keep their line breaks."""
        return sum("\n" in block.strip("\n") for block in self.prose.split(PARAGRAPH_BREAK))


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its file has it. Every word of the file is in exactly one of these fields."""

    title: str
    author: str | None
    summary: str | None
    metadata: dict[str, str] = field(hash=False)
    """What other labelled lines say, by the label in lower case."""
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    end_marker: str | None
    chapters: tuple[Chapter, ...]
    warnings: tuple[str, ...] = ()
    """What the author should know about how the file was read; none of it stops the story."""
    id: str | None = None
    """The story's key within its shelf, where its author states one."""
    order: int | None = None
    """Its place in a list; stories without one come after."""
    is_named: bool = True
    """Whether its title is stated; else it is the file's name, or the opening words."""

    @property
    def words(self) -> int:
        return sum(chapter.words for chapter in self.chapters)

    @property
    def last_number(self) -> int | None:
        """The number of its last chapter; None where numbers begin anew in a later part, or none are given."""
        numbers = [chapter.name.number for chapter in self.chapters if chapter.name.number is not None]
        is_counted_through = all(one < other for one, other in pairwise(numbers))
        return numbers[-1] if numbers and is_counted_through else None

    @property
    def all_notes(self) -> tuple[str, ...]:
        """All notes around the story and its chapters."""
        chapters = [note for chapter in self.chapters for note in (*chapter.notes_before, *chapter.notes_after)]
        return (*self.notes_before, *chapters, *self.notes_after)

    @property
    def language(self) -> str | None:
        """The language that the file states, as it is spelled there."""
        return value_of(self.metadata, "language")


# -- a stored story ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in a story: a chapter by its id, and an offset in that chapter's prose."""

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
    """What its author wants done with it, but for where it shows."""
    last_number: int | None = None
    """The number of its last chapter, as `Story.last_number` has it."""

    @property
    def may_share(self) -> bool:
        """Whether its author lets it be shown to others than the reader who asks for it."""
        return self.wishes.share


@dataclass(frozen=True, slots=True)
class StoryBlurb:
    """What a list says of a story beside its title."""

    rating: str | None
    language: str | None
    fandoms: tuple[str, ...]
    summary: str | None
    """The first sentence of its summary."""
    opening: str
    """Its own first sentence."""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as its card, the message that introduces it, shows it."""

    entry: StorySummary
    summary: str | None
    language: str | None
    rating: str | None
    status: str | None
    metadata: dict[str, str] = field(hash=False)
    notes_before: tuple[str, ...]
    notes_after: tuple[str, ...]
    opening: str = ""
    """Its own first sentence."""


@dataclass(frozen=True, slots=True)
class ChapterSummary:
    """A chapter as a table of contents shows it."""

    id: int
    position: int
    """Its place among all chapters of the story, from 1."""
    name: ChapterName
    words: int
    pages: int
    is_read: bool = False
    """Whether the reader has gone past its end."""


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that a reader has open: its text, its position, and the positions that its buttons lead to."""

    story: StorySummary
    chapter: ChapterSummary
    text: str
    spot: Spot
    number: int
    """The number of the page within its chapter, from 1."""
    words_before: int
    """Words of the story before this page."""
    words: int
    notes_before: tuple[str, ...]
    """The notes before the chapter; empty on all pages but its first."""
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
        """The percentage of the story that is behind a reader of this page."""
        return percent_behind(self.words_before, self.story.words)

    @property
    def words_left(self) -> int:
        """Words from the top of this page to the end of the story."""
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
    """A story as a download has it: all of its text, with the author's notes."""

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
    """A quote with the story and the chapter that it is from."""

    id: int
    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    text: str
    percent: int = 0
    """The percentage of the story that comes before it."""
    is_first_part: bool = True
    """Whether it is from the first third of the story, of which nothing is a spoiler."""
