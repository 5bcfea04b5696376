"""Notices: what a server's managers and moderators should look at, and the answers that members wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal[
    "review",
    "submission",
    "approved",
    "refused",
    "lapsed",
    "held",
    "claim",
    "claim-approved",
    "claim-refused",
    "announcement",
]
"""A review to check, a submission that waits; a submission of the member's that was approved or refused, or that nobody
answered in time; a chapter of theirs that did not come out when it was due; a claim that waits, or the answer to one of
the member's; what whoever runs the bot says to servers that wish to hear it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    """The server that it is about; 0 for an answer about a story of the folder."""
    user: int
    """The member who gets it; 0 for a channel of the server."""
    subject: int
    """The id of the review, the submission, the claim, or the story that was approved or claimed or has the chapter;
    the number of an announcement."""
    title: str = ""
    reason: str = ""
    """Why a submission was refused, or what is announced."""
    tries: int = 0
    """How many deliveries have failed."""
