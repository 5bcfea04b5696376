"""Scheduled posts: custom ids."""

from bot.ui.custom_id import CustomId


class ReadPosted(CustomId, prefix="sd1"):
    """Open the story of a scheduled post, where the reader stopped or from its start.

    The plan, the run and the part identify the message when the bot checks whether it was posted; 0 means no check.
    """

    plan: int
    run: int
    part: int
    story: int
    from_start: bool


class Subscribe(CustomId, prefix="sn1"):
    """Give the reader the role that every instalment pings, or take it."""

    plan: int
