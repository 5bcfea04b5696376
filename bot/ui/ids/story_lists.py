"""Lists of stories, their filters, stories by chance: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


class StoryListPage(CustomId, prefix="l1"):
    """A page of a list. Two buttons may name the same page: *button* keeps their ids apart."""

    button: Literal["p", "n", "show", "clear", "more", "fold"]
    query_id: int
    """What was asked of the list, by its number in the database; 0 is the whole library."""
    page: int


class PickStory(CustomId, prefix="lp1"):
    """A select of stories; its values are their ids."""

    page: int


class SortStoryList(CustomId, prefix="ls1"):
    """A select of the orders of a list."""

    query_id: int


class ShowFilters(CustomId, prefix="lf1"):
    """The filters of a list, to be changed."""

    query_id: int


PickedFilter = Literal["length", "status", "rating", "languages"]
"""Filters that are picked from a select; the others are typed."""


class PickFilter(CustomId, prefix="lo1"):
    """A select of the values of one filter."""

    filter: PickedFilter
    query_id: int


class AskNames(CustomId, prefix="la1"):
    """Ask for tags and names to filter by."""

    query_id: int


class NamesModal(AskNames, ModalId, prefix="lm1"):
    """The modal that asks for them."""


class AnotherStory(CustomId, prefix="rs1"):
    """Another story by chance in the place of this one."""

    query_id: int


class SurpriseMe(CustomId, prefix="rs2"):
    """A random story of a list, in a new message."""

    query_id: int
