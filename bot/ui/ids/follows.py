"""What a reader follows: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.domain.follows import FollowKind
from bot.ui.custom_id import CustomId


class ShowFollow(CustomId, prefix="fw1"):
    """Whether the reader follows a story and its author."""

    story: int


class Follow(CustomId, prefix="fo1"):
    """Follow a story, or its author, or do so no more."""

    subject: FollowKind
    story: int
    on: bool


class FollowFromVote(CustomId, prefix="ft1"):
    """Follow a story whose vote one has cast; the message with the vote stays as it is."""

    story: int


class Unfollow(CustomId, prefix="fu1"):
    """Follow no more what a message tells news of; the number is the story's or the author's own."""

    subject: FollowKind
    number: int


class FollowedPage(CustomId, prefix="fl1"):
    """A page of what the reader follows."""

    button: Literal["p", "n"]
    page: int


class UnfollowFromList(CustomId, prefix="fd1"):
    """Follow no more what a page of that list shows."""

    subject: FollowKind
    number: int
    page: int
