"""Authors: claims of readers to have written a story, and the people who approve or refuse them."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.rights import Role
from bot.stories.model import StorySummary

WAITS_SECONDS = 30 * 24 * 60 * 60
"""Seconds until an unanswered claim lapses, and until a refused claim may be made again."""

ALONE_SECONDS = 7 * 24 * 60 * 60
"""Seconds in which only the story's authors or uploader may answer a claim; then the managers may, too."""

NEW_SECONDS = 30 * 24 * 60 * 60
"""Seconds for which a story is new. If an author is linked within that time, their followers are notified."""

CLAIMS_EACH = 3
"""Maximum number of unanswered claims of one reader, not counting claims to their own uploads."""

CLAIMS_A_SHELF = 100
"""Maximum number of unanswered claims to the stories of one shelf (a server's, or the stories folder's)."""

AUTHORS_AT_MOST = 10
"""Maximum number of readers who may be linked to one story as its authors."""

Answerer = Literal["author", "uploader", "manager", "folder"]
"""Who may answer a claim first; never the claimant.

For an upload: the linked authors (*author*), otherwise the uploader (*uploader*), otherwise the managers of the server
(*manager*). For a story of the stories folder: the host of the bot (*folder*).
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's unanswered claim to be the author of a story."""

    id: int
    story: StorySummary
    reader: int
    answers: Answerer
    """Who may answer the claim first."""
    is_overdue: bool
    """Whether the claim was made at least `ALONE_SECONDS` ago."""
    is_mature: bool
    """Whether the story is for adults."""

    @property
    def answerers(self) -> frozenset[Role]:
        """Roles that may answer the claim now."""
        return frozenset({self.answers, "manager"} if self.is_overdue else {self.answers})
