"""Authors, their claims and their statistics: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, OfStory


class ClaimAction(CustomId, prefix="ac1"):
    """Approve or decline a reader's claim to be the author of a story."""

    action: Literal["approve", "refuse"]
    claim: int
    listed: bool
    """Whether the button is in a list of claims, which is drawn again, and not below the claim itself."""


class LinkAnswer(CustomId, prefix="al1"):
    """Accept or decline to be linked to a story as its author."""

    action: Literal["accept", "decline"]
    offer: int


class LeaveStory(CustomId, prefix="au1"):
    """Unlink oneself from a story."""

    story: int


class ShowLinkOffers(CustomId, prefix="ao1"):
    """What the reader was asked to accept."""


class ShowAuthorStats(OfStory, prefix="as1"):
    """Show the statistics of a story."""


class ExportAuthorStats(OfStory, prefix="at1"):
    """The statistics of a story as a file."""
