"""Uploads: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


class DraftAction(CustomId, prefix="d1"):
    """Do something with a draft, or say of it that its sender wrote it, or that it is all of the story."""

    action: Literal["publish", "edit", "preview", "cancel", "whole", "twin", "mine", "not-mine", "time"]
    draft: int


class DraftTimeModal(ModalId, prefix="dt1"):
    """When a draft comes out."""

    draft: int


DetailRow = Literal["story", "rating", "tags", "wishes", "bounds", "lines"]
"""Details of an upload that are asked for together."""


class AskDetails(CustomId, prefix="dr1"):
    """Ask for one row of details of a draft."""

    row: DetailRow
    draft: int


class DetailsModal(AskDetails, ModalId, prefix="dm1"):
    """One row of details of a draft."""
