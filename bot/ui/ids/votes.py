"""Votes: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.votes import VoteChoice
from bot.ui.custom_id import CustomId, MessageKind, Snowflake


@dataclass(frozen=True, slots=True)
class ShowVote(CustomId):
    """The vote of a story, privately."""

    PREFIX = "vp1"
    story: int


@dataclass(frozen=True, slots=True)
class CastVote(CustomId):
    """Vote, and draw the message again."""

    PREFIX = "v1"
    choice: VoteChoice
    story: int
    screen: MessageKind
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class WithdrawVote(CustomId):
    """Take the vote back, and draw the message again that it was cast on (0: a private one)."""

    PREFIX = "w1"
    story: int
    message: Snowflake
    screen: MessageKind
    chapter: int
    offset: int
