"""Pages that are read together: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ui.custom_id import CustomId, Snowflake


@dataclass(frozen=True, slots=True)
class AskTurner(CustomId):
    """Ask who is to turn the pages for all."""

    PREFIX = "to1"


@dataclass(frozen=True, slots=True)
class PickTurner(CustomId):
    """A select of who turns the pages of a message from now on."""

    PREFIX = "th1"
    message: Snowflake
