"""Decisions about a vote: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.votes import VoteRuleName
from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class ShowDecision(CustomId):
    """The rules of a vote and the answer to it, privately."""

    PREFIX = "vdp1"
    story: int


@dataclass(frozen=True, slots=True)
class SetVoteRule(CustomId):
    """A rule of a vote: the option that is picked."""

    PREFIX = "vdr1"
    rule: VoteRuleName
    story: int


@dataclass(frozen=True, slots=True)
class CloseVote(CustomId):
    """Close a vote, or open it again."""

    PREFIX = "vdc1"
    story: int
    is_closed: bool


@dataclass(frozen=True, slots=True)
class AskAnswer(CustomId):
    """Ask for the answer to a vote."""

    PREFIX = "vda1"
    story: int


@dataclass(frozen=True, slots=True)
class AnswerModal(ModalId):
    """The answer to a vote."""

    PREFIX = "vdt1"
    story: int
