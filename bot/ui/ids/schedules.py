"""What is posted on a schedule: custom ids."""

from __future__ import annotations

from bot.ui.custom_id import CustomId


class ReadPosted(CustomId, prefix="sd1"):
    """Open the story of what was posted, where the reader stopped or from its start.

    By plan, run and part the message is known again by whoever looks whether it is there (0: none looks).
    """

    plan: int
    run: int
    part: int
    story: int
    from_start: bool


class Subscribe(CustomId, prefix="sn1"):
    """Give the reader the role that is pinged with every instalment, or take it."""

    plan: int
