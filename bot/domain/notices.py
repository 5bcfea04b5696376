"""Notices: what a server's managers and moderators should look at, and the answers that members wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal["review", "submission", "approved", "refused", "lapsed", "announcement"]
"""A review to check, a submission that waits; a submission of the member's that was approved or refused, or that nobody
answered in time; what whoever runs the bot says to servers that wish to hear it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    user: int
    """The member who gets it; 0 for a channel of the server."""
    subject: int
    """The id of the review, the submission, or the story that was approved; the number of an announcement."""
    title: str = ""
    reason: str = ""
    """Why a submission was refused, or what is announced."""
    tries: int = 0
    """How many deliveries have failed."""
