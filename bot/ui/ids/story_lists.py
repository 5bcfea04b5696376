"""Lists of stories, their filters, stories by chance: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class StoryListPage(CustomId):
    """A page of a list. Two buttons may name the same page: *button* keeps their ids apart."""

    PREFIX = "l1"
    button: Literal["p", "n", "show", "clear"]
    query_id: int
    """What was asked of the list, by its number in the database; 0 is the whole library."""
    page: int


@dataclass(frozen=True, slots=True)
class PickStory(CustomId):
    """A select of stories; its values are their ids."""

    PREFIX = "lp1"
    page: int


@dataclass(frozen=True, slots=True)
class SortStoryList(CustomId):
    """A select of the orders of a list."""

    PREFIX = "ls1"
    query_id: int


@dataclass(frozen=True, slots=True)
class ShowFilters(CustomId):
    """The filters of a list, to be changed."""

    PREFIX = "lf1"
    query_id: int


PickedFilter = Literal["length", "status", "rating", "languages"]
"""Filters that are picked from a select; the others are typed."""


@dataclass(frozen=True, slots=True)
class PickFilter(CustomId):
    """A select of the values of one filter."""

    PREFIX = "lo1"
    filter: PickedFilter
    query_id: int


@dataclass(frozen=True, slots=True)
class AskNames(CustomId):
    """Ask for tags and names to filter by."""

    PREFIX = "la1"
    query_id: int


@dataclass(frozen=True, slots=True)
class NamesModal(ModalId):
    """The modal that asks for them."""

    PREFIX = "lm1"
    query_id: int


@dataclass(frozen=True, slots=True)
class AnotherStory(CustomId):
    """Another story by chance in the place of this one."""

    PREFIX = "rs1"
    query_id: int
