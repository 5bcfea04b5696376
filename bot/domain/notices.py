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
- *submission*: a submission that waits for the mods; *refused*, *lapsed*: the outcome, for the member.
- *claim*: a claim that waits for an answer.
- *question*: an author's question that waits for the mods; *question-post*: a question to post in the channel that its
  author picked.
"""

NoticeKind = Literal[AboutStory, AboutElse]
"""All kinds of notices; `bot.services.notices` defines the message and the channel of each kind."""

ABOUT_STORIES: Final[frozenset[NoticeKind]] = frozenset(get_args(AboutStory))
"""Kinds of notices whose *subject* is a story."""

STORY: Final = "story"
"""Item of an *updates* notice for a new story."""

REPLY: Final = "reply"
"""Item of an *updates* notice for a reply to the default question."""

WHOLE: Final = ("",)
"""Items of a notice that is complete without items."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send."""

    kind: NoticeKind
    guild: int
    """Server that is notified, that receives the post, or that the notice is about; 0 for none."""
    user: int
    """User who is notified, or the author for whom the bot posts; 0 if a channel of the server is notified."""
    subject: int
    """Id of the review, submission, claim, question or story that the notice is about; 0 for *reviews*."""
    title: str = ""
    reason: str = ""
    """Reason for refusing a submission."""
    tries: int = 0
    """Number of failed attempts to send the message."""
    items: tuple[str, ...] = WHOLE
    """Contents of the message: for *updates* `STORY`, `REPLY` and chapter ids; for *reviews* review ids."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The numeric items, sorted."""
        return tuple(sorted(int(item) for item in self.items if item.isdecimal()))


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """Why the bot cannot post in a channel: missing permissions, a refusal by Discord, or else the channel is gone."""

    missing: tuple[str, ...] = ()
    """discord.py's names of the missing permissions."""
    refused_at: int | None = None
    """Time of the refusal, in seconds since 1970; None without a refusal."""
    again_at: int = 0
    """Time of the next attempt after a refusal; a change of the channel's permissions allows an earlier one."""
