"""What a reader asks of the library's list: which stories, and in which order. A value; no Discord, no SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, cast, get_args

from bot.stories.facets import FACET_CHARS, FacetKind, names_in
from bot.stories.lengths import Length
from bot.stories.model import StorySummary
from bot.stories.ratings import Rating
from bot.stories.status import Status

Sort = Literal["title", "newest", "loved", "continue", "longest", "recent"]
SORTS: tuple[Sort, ...] = get_args(Sort)

MOST_NAMES = 10
"""Names that one filter takes."""

Filter = Literal["tags", "fandoms", "characters", "authors", "languages", "length", "status", "rating", "without"]
FILTERS: tuple[Filter, ...] = get_args(Filter)


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """The filters and the order of a list. A story must have every name, and be in one of the languages."""

    tags: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    length: Length | None = None
    status: Status | None = None
    rating: Rating | None = None
    without: tuple[str, ...] = ()
    """Tags, fandoms, characters and authors that it must not have."""
    sort: Sort = "title"

    def on(self) -> list[Filter]:
        """The filters that are set."""
        return [name for name in FILTERS if getattr(self, name)]

    def less(self, name: Filter) -> StoryFilter:
        """The same without one filter."""
        return replace(self, **{name: getattr(EVERYTHING, name)})

    def groups(self) -> Iterator[tuple[FacetKind, tuple[str, ...]]]:
        """What a story must have: of each group one name."""
        singly: dict[FacetKind, tuple[str | None, ...]] = {
            "tag": self.tags,
            "fandom": self.fandoms,
            "character": self.characters,
            "author": self.authors,
            "length": (self.length,),
            "status": (self.status,),
            "rating": (self.rating,),
        }
        for kind, values in singly.items():
            for value in filter(None, values):
                yield kind, (value,)
        if self.languages:
            yield "language", self.languages

    def write(self) -> str:
        """As it is kept in a row; what is not set is left out."""
        said = {name: value for name, value in asdict(self).items() if value != getattr(EVERYTHING, name)}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> StoryFilter:
        """What `write` wrote."""
        said: dict[str, Any] = json.loads(text)
        known = {field.name for field in fields(cls)} & said.keys()
        values: dict[str, Any] = {name: _value(said[name]) for name in known}
        return cls(**values)


def _value(written: Any) -> Any:
    return tuple(cast("list[str]", written)) if isinstance(written, list) else written


EVERYTHING = StoryFilter()


def read_names(typed: str | None) -> tuple[str, ...]:
    """The names in what a reader typed, parted by commas; at most `MOST_NAMES`, each no longer than a name can be."""
    return tuple(dict.fromkeys(name[:FACET_CHARS].strip() for name in names_in(typed or "")))[:MOST_NAMES]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of a list."""

    entries: tuple[StorySummary, ...]
    page: int
    """Counted from 0."""
    total: int
    is_all: bool
    """Whether there are no more than *total*; a list ends somewhere."""
    left_out: int
    """Stories among them that are not shown for what the reader has muted."""
