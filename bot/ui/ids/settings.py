"""Settings of readers and servers: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId

ReaderOption = Literal["length", "private", "veil", "notices", "adult"]


class SetReaderOption(CustomId, prefix="sr1"):
    """A select of one of a reader's settings."""

    option: ReaderOption


class SetServerOption(CustomId, prefix="ss1"):
    """A select of one of a server's settings."""

    option: Literal["news", "adders", "role", "private"]


class AskOfferedReactions(CustomId, prefix="sq1"):
    """Ask for the reactions that a server offers."""


class OfferedReactionsModal(ModalId, prefix="sqm1"):
    """The reactions that a server offers."""
