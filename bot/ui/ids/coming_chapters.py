"""Chapters that come out later: custom ids. A chapter stands by the id of its draft."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId, OfStory


class PickComing(OfStory, prefix="cp1"):
    """Look at the coming chapter that is picked."""


class ComingAction(CustomId, prefix="ca1"):
    """Publish a coming chapter now, ask for another time, or drop it; that is asked once more."""

    action: Literal["open", "publish", "time", "drop", "drop-now"]
    chapter: int


class ComingTimeModal(ModalId, prefix="ct1"):
    """Another time for a coming chapter."""

    chapter: int
