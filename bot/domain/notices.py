"""Notices: messages that the bot sends to readers, managers and moderators, and channels closed to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

NoticeKind = Literal[
    "updates", "reviews", "review", "submission", "approved", "refused", "lapsed", "claim", "claim-approved",
    "claim-refused", "question", "question-approved", "question-declined",
    "question-lapsed", "question-post",
]  # fmt: skip
"""Kinds of notices. `bot.services.notices` defines the message and the recipient of each.

- *updates*: news of a followed story; *reviews*: new reviews, for the author.
- *review*: a review that moderators have to check.
- *submission*: a submission that waits for the mods; *approved*, *refused*, *lapsed*: its outcome, for the member.
- *claim*: a claim that waits for an answer; *claim-approved*, *claim-refused*: the answer, for the claimant.
- *question*: an author's question that waits for the mods; *question-approved*, *question-declined*, *question-lapsed*:
  its outcome, for the author; *question-post*: an approved question to post in the author's channel.
"""

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
"""Kinds whose subject is a story."""

STORY: Final = "story"
"""Item of an *updates* notice for a new story."""

REPLY: Final = "reply"
"""Item of an *updates* notice for a reply to the default question."""

WHOLE: Final = ("",)
"""Items of a notice about one thing only."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    """Server that is notified, receives the post, or is the subject; 0 for none."""
    user: int
    """Recipient, or the member for whom the bot posts; 0 for a channel of the server."""
    subject: int
    """Id of the review, submission, claim, question or story that the notice is about; 0 for *reviews*."""
    title: str = ""
    reason: str = ""
    """Reason for refusing a submission."""
    tries: int = 0
    """Number of failed deliveries."""
    items: tuple[str, ...] = WHOLE
    """Contents of the message: for *updates* `STORY`, `REPLY` and chapter ids, for *reviews* review ids."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The numeric items, sorted."""
        return tuple(sorted(int(item) for item in self.items if item.isdecimal()))


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """Why the bot cannot post in a channel: missing permissions or a refusal by Discord; otherwise it is gone."""

    missing: tuple[str, ...] = ()
    """Names of the missing permissions in discord.py."""
    refused_at: int | None = None
    """Seconds since 1970."""
    again_at: int = 0
    """Time of the next attempt after a refusal; a change of permissions in the channel brings it forward."""
