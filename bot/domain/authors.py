"""Authors: who says that they wrote a story, and who answers them."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.rights import Role
from bot.stories.model import StorySummary

WAITS_SECONDS = 30 * 24 * 60 * 60
"""The seconds that a claim waits for an answer. A refused claim is not made again for as long."""

ALONE_SECONDS = 7 * 24 * 60 * 60
"""The seconds for which only a story's author or uploader answers a claim. After that the managers may, too."""

NEW_SECONDS = 30 * 24 * 60 * 60
"""The seconds that a story is new: one whose author is linked later is no news to those who follow them."""

CLAIMS_EACH = 3
"""The most claims that one reader may have waiting, beside those to what they uploaded themselves."""

CLAIMS_A_SHELF = 100
"""The most claims that wait for stories of one shelf."""

AUTHORS_AT_MOST = 10
"""The most readers who are linked to one story."""

Answerer = Literal["author", "uploader", "manager", "folder"]
"""Who answers a claim: a linked author of the upload, else its uploader where somebody else claims, else the managers
of its server; for a story of the folder whoever runs the bot. Never the claimant."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's claim to be the author of a story, until it is answered."""

    id: int
    story: StorySummary
    reader: int
    answers: Answerer
    """Who is asked first."""
    is_overdue: bool
    """Whether those who were asked first have not answered for `ALONE_SECONDS`."""
    is_mature: bool
    """Whether the story is for adults."""

    @property
    def answerers(self) -> frozenset[Role]:
        """Return who may answer it now."""
        return frozenset({self.answers, "manager"} if self.is_overdue else {self.answers})
