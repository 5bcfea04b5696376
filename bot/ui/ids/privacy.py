"""A reader's data: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId


class PrivacyAction(CustomId, prefix="pv1"):
    """Export or delete a reader's data, or keep it after all."""

    action: Literal["export", "ask", "delete", "keep"]


class ExportFiles(CustomId, prefix="pf1"):
    """A part of the files that a reader uploaded."""

    part: int
