"""Writers, their claims and their desk: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.ui.custom_id import CustomId


class ClaimAction(CustomId, prefix="ac1"):
    """Answer a reader who says that they wrote a story."""

    action: Literal["approve", "refuse"]
    claim: int
    listed: bool
    """Whether the button stands in a list of claims, which is drawn again, and not below the claim itself."""


class PickAuthorStats(CustomId, prefix="ad1"):
    """A select of the stories whose desk may be opened."""


class ExportAuthorStats(CustomId, prefix="at1"):
    """The numbers of a story's desk as a file."""

    story: int
