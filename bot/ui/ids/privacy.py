"""A reader's data: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId


class PrivacyAction(CustomId, prefix="pv1"):
    """Say what is stored of a reader, who sees it and what stays; export it, ask whether to delete it, or do so."""

    action: Literal["export", "ask", "delete", "stored", "seen", "kept"]


class ExportFiles(CustomId, prefix="pf1"):
    """A part of the files that a reader uploaded."""

    part: int
