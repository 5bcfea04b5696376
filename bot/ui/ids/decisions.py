"""Decisions about a vote: custom ids."""

from bot.domain.votes import VoteRuleName
from bot.ui.custom_id import CustomId, ModalId, OfStory


class ShowDecision(OfStory, prefix="vdp1"):
    """The rules of a vote and the answer to it, privately."""


class SetVoteRule(CustomId, prefix="vdr1"):
    """A rule of a vote: the option that is picked."""

    rule: VoteRuleName
    story: int


class CloseVote(CustomId, prefix="vdc1"):
    """Close a vote, or open it again."""

    story: int
    is_closed: bool


class AskAnswer(OfStory, prefix="vda1"):
    """Ask for the answer to a vote."""


class AnswerModal(AskAnswer, ModalId, prefix="vdt1"):
    """The answer to a vote."""
