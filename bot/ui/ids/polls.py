"""Polls: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId, Snowflake


@dataclass(frozen=True, slots=True)
class PickChoice(CustomId):
    """Choose something in a poll, and draw its message again."""

    PREFIX = "po1"
    poll: int
    choice: int


@dataclass(frozen=True, slots=True)
class PickChoices(CustomId):
    """A select of all that a reader chooses; its values are the choices' numbers."""

    PREFIX = "pos1"
    poll: int


@dataclass(frozen=True, slots=True)
class WithdrawBallot(CustomId):
    """Take the vote in a poll back."""

    PREFIX = "pow1"
    poll: int


@dataclass(frozen=True, slots=True)
class PollAction(CustomId):
    """What those who look after a poll do with it."""

    PREFIX = "poa1"
    action: Literal["close", "export"]
    poll: int


@dataclass(frozen=True, slots=True)
class ShowVoters(CustomId):
    """A page of who chose what."""

    PREFIX = "pov1"
    button: Literal["o", "p", "n"]
    poll: int
    page: int


@dataclass(frozen=True, slots=True)
class PollsPage(CustomId):
    """A page of the polls of a server."""

    PREFIX = "pol1"
    button: Literal["p", "n", "b"]
    page: int


@dataclass(frozen=True, slots=True)
class PickPoll(CustomId):
    """A select of polls; its values are their ids."""

    PREFIX = "pop1"
    page: int


@dataclass(frozen=True, slots=True)
class AskPoll(CustomId):
    """Ask once more for the question and the choices of a poll; what was typed stands on the message."""

    PREFIX = "poq1"
    story: int
    channel: Snowflake
    closes: int
    """Seconds since 1970; 0 for never."""
    several: bool
    anonymous: bool


@dataclass(frozen=True, slots=True)
class PollModal(ModalId):
    """The modal that asks for them."""

    PREFIX = "pom1"
    story: int
    channel: Snowflake
    closes: int
    several: bool
    anonymous: bool
