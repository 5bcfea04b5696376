"""A reader's own things in `/me`: reading lists, bookmarks, mutes."""

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
"""Tabs of `/me`; the first five are the reading lists."""

ME_TABS: tuple[MeTab, ...] = get_args(MeTab)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark, with the passage that it marks."""

    id: int
    story: StorySummary
    chapter: ChapterSummary
    spot: Spot
    passage: str
    """The first words of the passage at the spot."""
    note: str
    made_at: int
    """Seconds since 1970."""
    percent: int
    """Percentage of the story before the bookmark."""


MuteKind = Literal["tag", "author"]
"""Kinds of mutes; muting a tag also mutes the fandom or character of the same name."""


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
    """Time at which the story's entry on the list last changed, in seconds since 1970."""
    percent: int | None
    """Percentage of the story before the reader's furthest point; None if they have not begun it."""
