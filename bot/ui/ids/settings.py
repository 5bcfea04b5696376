"""What readers and servers may choose: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId

ReaderOption = Literal["length", "private", "veil", "notices", "adult"]


class SetReaderOption(CustomId, prefix="sr1"):
    """A select of what a reader may choose."""

    option: ReaderOption


class SetServerOption(CustomId, prefix="ss1"):
    """A select of what those who manage a server may choose."""

    option: Literal["news", "adders", "role", "private"]


class AskOfferedReactions(CustomId, prefix="sq1"):
    """Ask for the reactions on offer in a server."""


class OfferedReactionsModal(ModalId, prefix="sqm1"):
    """The modal that asks for them."""
