"""A reader's lists of stories: reading, later, finished, paused, dropped."""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.stories.model import StorySummary

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
