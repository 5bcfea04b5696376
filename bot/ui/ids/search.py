"""Search: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId


class SearchPage(CustomId, prefix="h2"):
    """A page of what a search found; *query_id* is the number that it is kept under."""

    button: Literal["p", "n"]
    query_id: int
    page: int


class PickHit(CustomId, prefix="hp1"):
    """A select of what a search found; its values say what to open."""
