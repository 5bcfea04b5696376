"""A reader's lists: custom ids."""

from typing import Literal

from bot.domain.reading_lists import ReadingList
from bot.ui.custom_id import CustomId, OfStory


class ReadingListPage(CustomId, prefix="ml1"):
    """A page of one of the reader's lists."""

    button: Literal["p", "n", "t"]
    list: ReadingList
    page: int


class PickReadingList(CustomId, prefix="mp1"):
    """A select of the reader's lists."""


class RemoveFromList(CustomId, prefix="mt1"):
    """Take a story off the list that is shown."""

    story: int
    list: ReadingList
    page: int


class ShowReadingLists(OfStory, prefix="mw1"):
    """On which list a story is, and where it may go."""


class MoveToList(OfStory, prefix="mo1"):
    """A select of where a story may go."""
