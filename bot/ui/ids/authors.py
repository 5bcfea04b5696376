"""Writers, their claims and their desk: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class ClaimAction(CustomId):
    """Answer a reader who says that they wrote a story."""

    PREFIX = "ac1"
    action: Literal["approve", "refuse"]
    claim: int
    listed: bool
    """Whether the button stands in a list of claims, which is drawn again, and not below the claim itself."""


@dataclass(frozen=True, slots=True)
class PickAuthorStats(CustomId):
    """A select of the stories whose desk may be opened."""

    PREFIX = "ad1"


@dataclass(frozen=True, slots=True)
class ExportAuthorStats(CustomId):
    """The numbers of a story's desk as a file."""

    PREFIX = "at1"
    story: int
