"""Notices: what readers, managers and moderators are sent, and a channel where the bot cannot post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

AboutStory = Literal[
    "updates", "approved", "claim-approved", "claim-refused", "question-approved", "question-declined",
    "question-lapsed",
]  # fmt: skip
"""The kinds whose subject is a story: news of one that is followed; a submission that was approved; the answer to a
claim; the answer to a writer's question, or that nobody answered it in time."""

AboutElse = Literal["reviews", "review", "submission", "refused", "lapsed", "claim", "question", "question-post"]
"""The other kinds: new reviews, for an author; a review to check; a submission that waits, that was refused, or that
nobody answered in time; a claim that waits; a question that waits, or is to be posted where its asker picked."""

NoticeKind = Literal[AboutStory, AboutElse]
"""`bot.services.notices` says of each kind what is sent, and where."""

ABOUT_STORIES: Final[frozenset[NoticeKind]] = frozenset(get_args(AboutStory))

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
