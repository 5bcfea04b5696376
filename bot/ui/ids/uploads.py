"""Uploads: custom ids."""

from typing import Literal

from bot.ui.custom_id import AtSpot, CustomId, ModalId


class DraftAction(CustomId, prefix="d1"):
    """Do something with a draft, or say of it that its sender wrote it, or that it is all of the story."""

    action: Literal["publish", "edit", "preview", "cancel", "whole", "twin", "mine", "not-mine"]
    draft: int


class ReadDraft(AtSpot, prefix="rd1"):
    """Show a page of an edition of a draft: its first, the previous or next one, or that of a chapter picked there."""

    draft: int
    edition: int
    button: Literal["open", "p", "n", "pick"]


class ShowDraftNotes(CustomId, prefix="rdn1"):
    """The whole of an author's note before or after a chapter of a draft."""

    chapter: int
    draft: int
    edition: int
    side: Literal["before", "after"]
    part: int
    turn: bool
    """Whether the press turns a message that shows the note, and does not open one."""


DetailRow = Literal["story", "rating", "tags", "wishes", "bounds", "lines"]
"""Details of an upload that are asked for together."""


class AskDetails(CustomId, prefix="dr1"):
    """Ask for one row of details of a draft."""

    row: DetailRow
    draft: int


class DetailsModal(AskDetails, ModalId, prefix="dm1"):
    """One row of details of a draft."""
