"""What is posted on a schedule: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class ReadPosted(CustomId):
    """Open the story of what was posted, where the reader stopped or from its start.

    By plan, run and part the message is known again by whoever looks whether it is there (0: none looks).
    """

    PREFIX = "sd1"
    plan: int
    run: int
    part: int
    story: int
    from_start: bool


@dataclass(frozen=True, slots=True)
class Subscribe(CustomId):
    """Give the reader the role that is pinged with every instalment, or take it."""

    PREFIX = "sn1"
    plan: int
