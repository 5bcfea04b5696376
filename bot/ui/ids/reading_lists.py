"""A reader's lists: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.reading_lists import ReadingList
from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class ReadingListPage(CustomId):
    """A page of one of the reader's lists."""

    PREFIX = "ml1"
    button: Literal["p", "n", "t"]
    list: ReadingList
    page: int


@dataclass(frozen=True, slots=True)
class PickReadingList(CustomId):
    """A select of the reader's lists."""

    PREFIX = "mp1"


@dataclass(frozen=True, slots=True)
class RemoveFromList(CustomId):
    """Take a story off the list that is shown."""

    PREFIX = "mt1"
    story: int
    list: ReadingList
    page: int


@dataclass(frozen=True, slots=True)
class ShowReadingLists(CustomId):
    """On which list a story is, and where it may go."""

    PREFIX = "mw1"
    story: int


@dataclass(frozen=True, slots=True)
class MoveToList(CustomId):
    """A select of where a story may go."""

    PREFIX = "mo1"
    story: int
