"""What a search found: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class SearchPage(CustomId):
    """A page of what a search found; *query_id* is the number that it is kept under."""

    PREFIX = "h1"
    button: Literal["p", "n", "s"]
    query_id: int
    page: int
    lifted: bool
    """Whether also passages show from beyond where the reader has been."""


@dataclass(frozen=True, slots=True)
class PickHit(CustomId):
    """A select of what a search found; its values say what to open."""

    PREFIX = "hp1"
