"""A reader's lists: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.reading_lists import List
from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class ListOf(CustomId):
    """A page of one of the reader's lists."""

    PREFIX = "ml1"
    button: Literal["p", "n", "t"]
    list: List
    page: int


@dataclass(frozen=True, slots=True)
class PickList(CustomId):
    """A select of the reader's lists."""

    PREFIX = "mp1"


@dataclass(frozen=True, slots=True)
class TakeOff(CustomId):
    """Take a story off the list that is shown."""

    PREFIX = "mt1"
    story: int
    list: List
    page: int


@dataclass(frozen=True, slots=True)
class ShowLists(CustomId):
    """On which list a story is, and where it may go."""

    PREFIX = "mw1"
    story: int


@dataclass(frozen=True, slots=True)
class PutOn(CustomId):
    """A select of where a story may go."""

    PREFIX = "mo1"
    story: int
