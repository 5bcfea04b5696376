"""What is a reader's own, as `/me` shows it: lists, bookmarks, mutes."""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.stories.model import ChapterSummary, Spot, StorySummary

MeTab = Literal[
    "reading",
    "later",
    "finished",
    "paused",
    "dropped",
    "bookmarks",
    "quotes",
    "following",
    "reviews",
    "muted",
    "data",
]
"""The first five are the reading lists, by their names."""

ME_TABS: tuple[MeTab, ...] = get_args(MeTab)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark with the passage that it marks."""

    id: int
    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    passage: str
    """The first words found there."""
    note: str
    made_at: int
    """Seconds since 1970."""
    percent: int
    """The percentage of the story that is before it."""


MuteKind = Literal["tag", "author"]
"""What can be muted; fandoms and characters count as tags."""


@dataclass(frozen=True, slots=True)
class Mute:
    """A tag or an author that a reader has muted."""

    id: int
    kind: MuteKind
    name: str


ReadingList = Literal["reading", "later", "finished", "paused", "dropped"]
READING_LISTS: tuple[ReadingList, ...] = get_args(ReadingList)


@dataclass(frozen=True, slots=True)
class ListedStory:
    """A story on a reader's list."""

    story: StorySummary
    since: int
    """When it last moved on the list, in seconds since 1970."""
    percent: int | None
    """The percentage that the reader's furthest point is at; None for a story that they have not begun."""
