"""Votes: custom ids."""

from bot.domain.votes import VoteChoice
from bot.ui.custom_id import CustomId, MessageKind, OfStory, Snowflake


class ShowVote(OfStory, prefix="vp1"):
    """The vote of a story, privately."""


class CastVote(CustomId, prefix="v1"):
    """Vote, and draw the message again."""

    choice: VoteChoice
    story: int
    screen: MessageKind
    chapter: int
    offset: int


class WithdrawVote(CustomId, prefix="w1"):
    """Take the vote back, and draw the message again that it was cast on (0: a private one)."""

    story: int
    message: Snowflake
    screen: MessageKind
    chapter: int
    offset: int
