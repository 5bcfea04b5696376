"""Notices: what readers, managers and moderators are sent, and a channel where the bot cannot post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

NoticeKind = Literal[
    "updates", "reviews", "review", "submission", "approved", "refused", "lapsed", "claim", "claim-approved",
    "claim-refused", "question", "question-approved", "question-declined",
    "question-lapsed", "question-post",
]  # fmt: skip
"""News of a story that is followed; new reviews, for an author; a review to check; a submission that waits; a
submission of the member's that was approved or refused, or that nobody answered in time; a claim that waits, or the
answer to one of the member's; a writer's question that waits, the answer to it, or that nobody answered in time; one
that was approved, to be posted where its asker picked. `bot.services.notices` says of each what is sent, and where."""

ABOUT_STORIES: Final[frozenset[NoticeKind]] = frozenset(
    (
        "updates",
        "approved",
        "claim-approved",
        "claim-refused",
        "question-approved",
        "question-declined",
        "question-lapsed",
    )
)
"""The kinds whose subject is a story."""

STORY: Final = "story"
"""The item of updates that says that the story itself is new."""

REPLY: Final = "reply"
"""The item of updates that says that the default question was replied to."""

WHOLE: Final = ("",)
"""The items of a notice that tells one thing only."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    """The server that is notified, in which to post, or that it is about; 0 for none."""
    user: int
    """The member who gets it, or for whom it is posted; 0 for a channel of the server."""
    subject: int
    """The id of the review, the submission, the claim, the question or the story that it is about; 0 for reviews."""
    title: str = ""
    reason: str = ""
    """Why a submission was refused."""
    tries: int = 0
    """How many deliveries have failed."""
    items: tuple[str, ...] = WHOLE
    """What the message tells: of updates `STORY`, `REPLY` and the ids of chapters, of reviews their ids."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The items that are ids, in their order."""
        return tuple(sorted(int(item) for item in self.items if item.isdecimal()))


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """Why: permissions that are missing, or a refusal of Discord; without either the channel is gone."""

    missing: tuple[str, ...] = ()
    """By the names that they have in Discord's library."""
    refused_at: int | None = None
    """In seconds since 1970."""
    again_at: int = 0
    """When the bot tries again after a refusal, or as soon as its permissions there change."""
