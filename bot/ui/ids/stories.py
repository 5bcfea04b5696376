"""Story cards: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, OfStory


class UnfoldCard(CustomId, prefix="cm1"):
    """Unfold what is rarer on a card, or fold it."""

    story: int
    more: bool


class ShareCard(OfStory, prefix="cs1"):
    """Post a story's card for all to see."""


class Download(CustomId, prefix="dl1"):
    """A story as a file."""

    story: int
    format: Literal["epub", "text"]
