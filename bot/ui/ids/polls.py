"""Polls: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId, Snowflake


class PickChoice(CustomId, prefix="po1"):
    """Make a choice in a poll, and draw its message again."""

    poll: int
    choice: int


class PickChoices(CustomId, prefix="pos1"):
    """A select of all choices of a reader; its values are their numbers."""

    poll: int


class WithdrawBallot(CustomId, prefix="pow1"):
    """Withdraw the reader's vote in a poll."""

    poll: int


class PollAction(CustomId, prefix="poa1"):
    """Close or export a poll."""

    action: Literal["close", "export"]
    poll: int


class ShowVoters(CustomId, prefix="pov1"):
    """A page of who chose what."""

    button: Literal["o", "p", "n"]
    poll: int
    page: int


class PollsPage(CustomId, prefix="pol1"):
    """A page of the polls of a server."""

    button: Literal["p", "n", "b"]
    page: int


class PickPoll(CustomId, prefix="pop1"):
    """A select of polls; its values are their ids."""

    page: int


class AskPoll(CustomId, prefix="poq1"):
    """Ask again for the question and the choices of a poll; what was typed before is on the message."""

    story: int
    channel: Snowflake
    closes: int
    """Seconds since 1970; 0 for never."""
    several: bool
    anonymous: bool


class PollModal(AskPoll, ModalId, prefix="pom1"):
    """The question and the choices of a new poll."""


class ShowPoll(CustomId, prefix="pop2"):
    """One poll, in a new message, with what the one who presses may do with it."""

    poll: int


class ShowPolls(CustomId, prefix="pos2"):
    """The polls of this server, in a new message."""
