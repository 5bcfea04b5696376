"""Shared reading: custom ids."""

from bot.ui.custom_id import CustomId, Snowflake


class AskTurner(CustomId, prefix="to1"):
    """Ask who should turn the pages for all."""


class PickTurner(CustomId, prefix="th1"):
    """A select of who turns the pages of a message from now on."""

    message: Snowflake
