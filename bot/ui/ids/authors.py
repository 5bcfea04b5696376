"""Authors, their claims and their statistics: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, OfStory


class ClaimAction(CustomId, prefix="ac1"):
    """Approve or decline a reader's claim to be the author of a story."""

    action: Literal["approve", "refuse"]
    claim: int
    listed: bool
    """Whether the button is in a list of claims, which is drawn again, and not below the claim itself."""


class LeaveStory(CustomId, prefix="au1"):
    """Unlink oneself from a story."""

    story: int


class ShowClaims(CustomId, prefix="acl1"):
    """The claims that wait for the reader's answer."""


class ShowAuthorStats(OfStory, prefix="as1"):
    """Show the statistics of a story."""


class ExportAuthorStats(OfStory, prefix="at1"):
    """The statistics of a story as a file."""
