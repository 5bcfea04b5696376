"""Lists of stories: filters and order of the library, pages of a list, and what to read next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, cast, get_args

from bot.stories.facets import FACET_CHARS, FacetKind, names_in
from bot.stories.lengths import Length
from bot.stories.model import StoryBlurb, StorySummary
from bot.stories.ratings import Rating
from bot.stories.status import Status


def count_pages(total: int, size: int) -> int:
    """Return how many pages of *size* rows hold *total* rows; an empty list has one page."""
    return max(1, -(-total // size))


def page_within(page: int, total: int, size: int) -> int:
    """Return *page*, counted from 0, or the last page where the list ends before it."""
    return max(0, min(page, count_pages(total, size) - 1))


Sort = Literal["title", "newest", "loved", "continue", "longest", "recent"]
SORTS: tuple[Sort, ...] = get_args(Sort)

MOST_NAMES = 10
"""Names that one filter takes."""

MOST_MINUTES = 600
OFFERED_MINUTES = (5, 10, 20, 30, 60)
"""How long a story may take to read: what may be typed, and what is offered."""

Filter = Literal[
    "tags", "fandoms", "characters", "authors", "languages", "length", "minutes", "status", "rating", "without"
]
FILTERS: tuple[Filter, ...] = get_args(Filter)


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """The filters and the order of a list. A story must have all the names, and be in one of the languages."""

    tags: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    length: Length | None = None
    minutes: int | None = None
    """As long as it may take to read."""
    status: Status | None = None
    rating: Rating | None = None
    without: tuple[str, ...] = ()
    """Tags, fandoms, characters and authors that a story must not have."""
    sort: Sort = "title"

    def on(self) -> list[Filter]:
        """Return the names of the filters that are set."""
        return [name for name in FILTERS if getattr(self, name)]

    def less(self, name: Filter) -> StoryFilter:
        """Return the same filters without one."""
        return replace(self, **{name: getattr(EVERYTHING, name)})

    def groups(self) -> Iterator[tuple[FacetKind, tuple[str, ...]]]:
        """Yield groups of names; of each group, a story must have at least one."""
        single: dict[FacetKind, tuple[str | None, ...]] = {
            "tag": self.tags,
            "fandom": self.fandoms,
            "character": self.characters,
            "author": self.authors,
            "length": (self.length,),
            "status": (self.status,),
            "rating": (self.rating,),
        }
        for kind, values in single.items():
            for value in filter(None, values):
                yield kind, (value,)
        if self.languages:
            yield "language", self.languages

    def write(self) -> str:
        """Return JSON, without the filters that are not set."""
        values = {name: value for name, value in asdict(self).items() if value != getattr(EVERYTHING, name)}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> StoryFilter:
        """Return the filters that `write` wrote."""
        written: dict[str, Any] = json.loads(text)
        known = {field.name for field in fields(cls)} & written.keys()
        values: dict[str, Any] = {name: _value(written[name]) for name in known}
        return cls(**values)


def _value(written: Any) -> Any:
    return tuple(cast("list[str]", written)) if isinstance(written, list) else written


EVERYTHING = StoryFilter()


def read_names(typed: str | None) -> tuple[str, ...]:
    """Return the names in what a reader typed, separated by commas: at most `MOST_NAMES`, each clipped and once."""
    return tuple(dict.fromkeys(name[:FACET_CHARS].strip() for name in names_in(typed or "")))[:MOST_NAMES]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of a list."""

    entries: tuple[StorySummary, ...]
    blurbs: tuple[StoryBlurb, ...]
    """Of each of the entries."""
    page: int
    """Counted from 0."""
    total: int
    is_all: bool
    """Whether *total* counts all stories that fit; the count of a long list ends somewhere."""
    left_out: int
    """How many stories that fit are left out, since the reader has muted a tag or an author of theirs."""
    looser: Mapping[Filter, int]
    """Where no story fits: how many would without one or another part of the filter, of the parts that hide any."""


NextReason = Literal["series", "author", "later", "alike", "loved", "length", "shorter", "longer"]
"""Why a story is offered, the best reason first."""

OFFERED = 3
"""Stories that are offered after one: what fits a phone's screen."""

_AS_LONG = 1.5
"""How many times as long as a story another of its length is, at most."""


@dataclass(frozen=True, slots=True)
class NextStory:
    """A story that a reader may go on with, and why."""

    story: StorySummary
    why: NextReason


def by_length(words: int, story: StorySummary) -> NextStory:
    """Offer a story for its length beside that of one of so many *words*."""
    if max(words, story.words) <= _AS_LONG * min(words, story.words):
        return NextStory(story, "length")
    return NextStory(story, "shorter" if story.words < words else "longer")


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """Which part of which series a story is."""

    series: str
    """Its name, in lower case."""
    number: int


_PART = re.compile(r"(?:part\s+)?#?(?P<number>\d{1,5})\s+(?:of|in)\s+(?P<series>.+)", re.I)
_NUMBERED = re.compile(r"(?P<series>.+?)[\s,]*(?:#|\bpart\s+|\bbook\s+|\[)(?P<number>\d{1,5})\]?", re.I)


def series_part(stated: str | None) -> SeriesPart | None:
    """Return what a file says of its series: ``Part 2 of The Tides`` (the Archive's words), ``The Tides #2``."""
    words = " ".join((stated or "").split())
    match = _PART.fullmatch(words) or _NUMBERED.fullmatch(words)
    return SeriesPart(match["series"].strip(" ,:-").casefold(), int(match["number"])) if match else None
