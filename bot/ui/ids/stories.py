"""Story cards: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId


class Download(CustomId, prefix="dl1"):
    """A story as a file."""

    story: int
    format: Literal["epub", "text"]
