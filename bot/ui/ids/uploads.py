"""Uploads: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


class DraftAction(CustomId, prefix="d1"):
    """What to do with an upload that waits."""

    action: Literal["publish", "edit", "preview", "cancel"]
    draft: int


DetailRow = Literal["story", "rating", "tags", "wishes", "places", "bounds"]
"""Details of an upload that are asked for together."""


class AskDetails(CustomId, prefix="dr1"):
    """Ask for details of an upload that waits."""

    row: DetailRow
    draft: int


class DetailsModal(ModalId, prefix="dm1"):
    """The modal that asks for them."""

    row: DetailRow
    draft: int
