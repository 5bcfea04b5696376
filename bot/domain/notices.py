"""Notices: what a server's managers and moderators should look at, and the answers that members wait for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal[
    "review", "submission", "approved", "refused", "lapsed", "claim", "claim-approved", "claim-refused",
    "question", "question-approved", "question-declined", "question-lapsed", "question-post",
]  # fmt: skip
"""A review to check, a submission that waits; a submission of the member's that was approved or refused, or that nobody
answered in time; a claim that waits, or the answer to one of the member's; a writer's question that waits, the
answer to it, or that nobody answered in time; one that was approved, to be posted where its asker picked."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    """The server that it is about, or in which to post; 0 for an answer about a story of the folder."""
    user: int
    """The member who gets it, or for whom it is posted; 0 for a channel of the server."""
    subject: int
    """The id of the review, the submission, the claim, the question, or the story that the rest is about."""
    title: str = ""
    reason: str = ""
    """Why a submission was refused."""
    tries: int = 0
    """How many deliveries have failed."""
