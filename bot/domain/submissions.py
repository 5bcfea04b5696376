"""Submissions: drafts of members that wait until a manager of the server approves or declines them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.uploads import Draft
from bot.stories.model import StorySummary

WAITS_SECONDS = 30 * 24 * 60 * 60
"""The seconds for which a submission, or a writer's question, waits for an answer."""

REASON_CHARS = 500
"""Characters of the reason for which a submission is declined."""

UploadState = Literal["shown", "withdrawn", "removed"]
"""Whether an upload is on its shelf; *withdrawn* by its author, *removed* by managers."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A draft that waits for a manager."""

    draft: Draft
    sent_at: int
    """Seconds since 1970."""

    @property
    def id(self) -> int:
        return self.draft.id


@dataclass(frozen=True, slots=True)
class ServerUpload:
    """An upload as the managers of its server see it."""

    story: StorySummary
    sender: int | None
    """None for a former member."""
    uploaded_at: int
    """Seconds since 1970."""
    state: UploadState
