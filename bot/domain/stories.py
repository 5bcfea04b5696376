"""Lists of stories: filters, sort orders, pages, and the next story to read."""

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
    """Return the number of pages of *size* rows for *total* rows; an empty list has one page."""
    return max(1, -(-total // size))


def page_within(page: int, total: int, size: int) -> int:
    """Return *page*, counted from 0, or the last page if the list is shorter."""
    return max(0, min(page, count_pages(total, size) - 1))


Sort = Literal["title", "newest", "loved", "continue", "longest", "recent"]
SORTS: tuple[Sort, ...] = get_args(Sort)

MOST_NAMES = 10
"""Maximum number of names in one filter."""

MOST_MINUTES = 600
OFFERED_MINUTES = (5, 10, 20, 30, 60)
"""Reading times that a reader can pick, in minutes; a typed reading time may be up to `MOST_MINUTES`."""

Filter = Literal[
    "tags", "fandoms", "characters", "authors", "languages", "length", "minutes", "status", "rating", "without"
]
FILTERS: tuple[Filter, ...] = get_args(Filter)


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """Filters and order of a list of stories. A story must have all names, but only one of the languages."""

    tags: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    length: Length | None = None
    minutes: int | None = None
    """Maximum reading time, in minutes."""
    status: Status | None = None
    rating: Rating | None = None
    without: tuple[str, ...] = ()
    """Tags, fandoms, characters and authors that exclude a story."""
    sort: Sort = "title"

    def on(self) -> list[Filter]:
        """Return the names of the filters that are set."""
        return [name for name in FILTERS if getattr(self, name)]

    def less(self, name: Filter) -> StoryFilter:
        """Return the same filters without the filter called *name*."""
        return replace(self, **{name: getattr(EVERYTHING, name)})

    def groups(self) -> Iterator[tuple[FacetKind, tuple[str, ...]]]:
        """Yield the kind and the names of each group of facets; a story must have at least one facet of each group."""
        each_required: dict[FacetKind, tuple[str | None, ...]] = {
            "tag": self.tags,
            "fandom": self.fandoms,
            "character": self.characters,
            "author": self.authors,
            "length": (self.length,),
            "status": (self.status,),
            "rating": (self.rating,),
        }
        for kind, values in each_required.items():
            for value in filter(None, values):
                yield kind, (value,)
        if self.languages:
            yield "language", self.languages

    def write(self) -> str:
        """Return the filters and the order as JSON, without unset filters."""
        values = {name: value for name, value in asdict(self).items() if value != getattr(EVERYTHING, name)}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> StoryFilter:
        """Return the filters in a text written by `write`; unknown filters are ignored."""
        written: dict[str, Any] = json.loads(text)
        known = {field.name for field in fields(cls)} & written.keys()
        values: dict[str, Any] = {name: _value(written[name]) for name in known}
        return cls(**values)


def _value(written: Any) -> Any:
    return tuple(cast("list[str]", written)) if isinstance(written, list) else written


EVERYTHING = StoryFilter()


def read_names(typed: str | None) -> tuple[str, ...]:
    """Return the names in a comma-separated text without duplicates: at most `MOST_NAMES`, cut to `FACET_CHARS`."""
    return tuple(dict.fromkeys(name[:FACET_CHARS].strip() for name in names_in(typed or "")))[:MOST_NAMES]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of a list of stories."""

    entries: tuple[StorySummary, ...]
    blurbs: tuple[StoryBlurb, ...]
    """Further details of each entry, in the same order."""
    page: int
    """Number of the page, counted from 0."""
    total: int
    """Number of stories in the list, all pages together."""
    is_all: bool
    """Whether *total* is the number of all matching stories; a long list is cut off."""
    left_out: int
    """Number of matching stories that the reader's mutes exclude."""
    looser: Mapping[Filter, int]
    """If no story matches: for each filter whose removal helps, the number of matching stories without the filter."""


NextReason = Literal["series", "author", "later", "alike", "loved", "length", "shorter", "longer"]
"""Why a story is suggested as the next one, best reason first."""

OFFERED = 3
"""Maximum number of next stories to suggest: as many as fit a phone's screen."""

_LENGTH_RATIO = 1.5
"""Maximum ratio of the lengths of two stories that count as equally long."""


@dataclass(frozen=True, slots=True)
class NextStory:
    """A suggestion for the next story, with its reason."""

    story: StorySummary
    why: NextReason


def by_length(words: int, story: StorySummary) -> NextStory:
    """Suggest *story* because it is as long as, shorter or longer than *words*, the length of the story just read."""
    if max(words, story.words) <= _LENGTH_RATIO * min(words, story.words):
        return NextStory(story, "length")
    return NextStory(story, "shorter" if story.words < words else "longer")


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """A story's number in a series."""

    series: str
    """Name of the series, in lower case."""
    number: int


_PART = re.compile(r"(?:part\s+)?#?(?P<number>\d{1,5})\s+(?:of|in)\s+(?P<series>.+)", re.I)
_NUMBERED = re.compile(r"(?P<series>.+?)[\s,]*(?:#|\bpart\s+|\bbook\s+|\[)(?P<number>\d{1,5})\]?", re.I)


def series_part(stated: str | None) -> SeriesPart | None:
    """Parse a stated series, ``Part 2 of The Tides`` (as in AO3) or ``The Tides #2``; None if it has no number."""
    words = " ".join((stated or "").split())
    match = _PART.fullmatch(words) or _NUMBERED.fullmatch(words)
    return SeriesPart(match["series"].strip(" ,:-").casefold(), int(match["number"])) if match else None
