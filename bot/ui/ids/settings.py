"""What readers and servers may choose: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class SetReader(CustomId):
    """A select of what a reader may choose."""

    PREFIX = "sr1"
    what: Literal["length", "private", "veil", "notices", "adult"]


@dataclass(frozen=True, slots=True)
class SetServer(CustomId):
    """A select of what those who manage a server may choose."""

    PREFIX = "ss1"
    what: Literal["news", "adders", "role", "private"]


@dataclass(frozen=True, slots=True)
class AskReactions(CustomId):
    """Ask for the reactions on offer in a server."""

    PREFIX = "sq1"


@dataclass(frozen=True, slots=True)
class TakeReactions(ModalId):
    """The modal that asks for them."""

    PREFIX = "sqm1"
