"""What a reader follows: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.follows import FollowKind
from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class ShowFollow(CustomId):
    """Whether the reader follows a story and its author."""

    PREFIX = "fw1"
    story: int


@dataclass(frozen=True, slots=True)
class Follow(CustomId):
    """Follow a story, or its author, or do so no more."""

    PREFIX = "fo1"
    subject: FollowKind
    story: int
    on: bool


@dataclass(frozen=True, slots=True)
class FollowFromVote(CustomId):
    """Follow a story whose vote one has cast; the message with the vote stays as it is."""

    PREFIX = "ft1"
    story: int


@dataclass(frozen=True, slots=True)
class Unfollow(CustomId):
    """Follow no more what a message tells news of; the number is the story's or the author's own."""

    PREFIX = "fu1"
    subject: FollowKind
    number: int


@dataclass(frozen=True, slots=True)
class FollowedPage(CustomId):
    """A page of what the reader follows."""

    PREFIX = "fl1"
    button: Literal["p", "n"]
    page: int


@dataclass(frozen=True, slots=True)
class UnfollowFromList(CustomId):
    """Follow no more what a page of that list shows."""

    PREFIX = "fd1"
    subject: FollowKind
    number: int
    page: int
