"""Warnings that a reader wants to be asked about: custom ids."""

from bot.ui.custom_id import CustomId, ModalId


class AskWarnings(CustomId, prefix="wr1"):
    """Ask for them."""


class WarningsModal(ModalId, prefix="wrm1"):
    """The form that asks."""
