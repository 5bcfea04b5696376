"""Notices: what a server's managers and moderators should look at, and the answers that members wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal["review", "submission", "approved", "refused", "lapsed", "held"]
"""A review to check, a submission that waits; a submission of the member's that was approved or refused, or that nobody
answered in time; a chapter of theirs that did not come out when it was due."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    user: int
    """The member who gets it; 0 for a channel of the server."""
    subject: int
    """The id of the review, the submission, or the story that was approved or has the chapter."""
    title: str = ""
    reason: str = ""
    """Why a submission was refused."""
    tries: int = 0
    """How many deliveries have failed."""
