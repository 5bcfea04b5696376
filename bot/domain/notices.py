"""Notices: messages that the bot sends to readers, managers and moderators, and channels closed to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

AboutStory = Literal[
    "updates", "approved", "claim-approved", "claim-refused", "question-approved", "question-declined",
    "question-lapsed",
]  # fmt: skip
"""Kinds of notices about a story.

- *updates*: news of a followed story.
- *approved*: the approval of a submission, for the member.
- *claim-approved*, *claim-refused*: the answer to a claim, for the claimant.
- *question-approved*, *question-declined*, *question-lapsed*: the outcome of an author's question, for the author.
"""

AboutElse = Literal["reviews", "review", "submission", "refused", "lapsed", "claim", "question", "question-post"]
"""Other kinds of notices.

- *reviews*: new reviews, for the author; *review*: a review that moderators have to check.
- *submission*: a submission that waits for the mods; *refused*, *lapsed*: its outcome, for the member.
- *claim*: a claim that waits for an answer.
- *question*: an author's question that waits for the mods; *question-post*: one to post in the author's channel.
"""

NoticeKind = Literal[AboutStory, AboutElse]
"""All kinds; `bot.services.notices` defines the message and the channel of each."""

ABOUT_STORIES: Final[frozenset[NoticeKind]] = frozenset(get_args(AboutStory))
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
