"""What readers and servers may choose: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class SetReaderOption(CustomId):
    """A select of what a reader may choose."""

    PREFIX = "sr1"
    option: Literal["length", "private", "veil", "notices", "adult"]


@dataclass(frozen=True, slots=True)
class SetServerOption(CustomId):
    """A select of what those who manage a server may choose."""

    PREFIX = "ss1"
    option: Literal["news", "adders", "role", "private"]


@dataclass(frozen=True, slots=True)
class AskOfferedReactions(CustomId):
    """Ask for the reactions on offer in a server."""

    PREFIX = "sq1"


@dataclass(frozen=True, slots=True)
class OfferedReactionsModal(ModalId):
    """The modal that asks for them."""

    PREFIX = "sqm1"
