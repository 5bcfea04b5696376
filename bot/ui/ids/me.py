"""What is a reader's own: custom ids."""

from typing import Literal

from bot.domain.me import MeTab
from bot.ui.custom_id import CustomId


class PickMeTab(CustomId, prefix="me1"):
    """A select of the tabs."""


class MePage(CustomId, prefix="mep1"):
    """A page of a tab, counted from 0. Several buttons may lead to the same page: *button* keeps their ids apart."""

    button: Literal["p", "n", "back"]
    tab: MeTab
    page: int
