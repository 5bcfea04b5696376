"""A reader's data: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId


class PrivacyAction(CustomId, prefix="pv1"):
    """Say what is stored of a reader, export it, ask whether to delete it, or do so."""

    action: Literal["export", "ask", "delete", "stored"]


class ExportFiles(CustomId, prefix="pf1"):
    """A part of the files that a reader uploaded."""

    part: int
