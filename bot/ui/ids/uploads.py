"""Uploads: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class DraftAction(CustomId):
    """What to do with an upload that waits."""

    PREFIX = "d1"
    action: Literal["publish", "edit", "preview", "cancel"]
    draft: int


DetailRow = Literal["story", "rating", "tags", "wishes", "places", "bounds"]
"""Details of an upload that are asked for together."""


@dataclass(frozen=True, slots=True)
class AskDetails(CustomId):
    """Ask for details of an upload that waits."""

    PREFIX = "dr1"
    row: DetailRow
    draft: int


@dataclass(frozen=True, slots=True)
class DetailsModal(ModalId):
    """The modal that asks for them."""

    PREFIX = "dm1"
    row: DetailRow
    draft: int
