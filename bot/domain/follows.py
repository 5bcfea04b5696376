"""Follows: the stories and authors whose news a reader wants."""

from dataclasses import dataclass
from typing import Literal

from bot.stories.model import StorySummary

FollowKind = Literal["story", "author"]
"""What is followed."""

FOLLOWS_AT_MOST = 500
"""Stories and authors that one reader may follow."""


@dataclass(frozen=True, slots=True)
class FollowedItem:
    """One thing that a reader follows."""

    subject: FollowKind
    id: int
    """The id of the story or of the author."""
    author: str | None
    """The name on an author's stories; None for a story, and where the reader may see none of them here."""
    story: StorySummary | None
    """None for an author, and for a story that the reader may not see here."""


FollowScope = Literal["none", "other_server", "this_server"]
"""Whether a reader follows something, and from which server, seen from one."""


@dataclass(frozen=True, slots=True)
class FollowStatus:
    """Whether a reader follows a story, and its author."""

    story: FollowScope
    author: FollowScope | None
    """None where nobody is linked to the story as its author."""

    @property
    def any(self) -> bool:
        """Whether they follow the story or its author."""
        return self.story != "none" or self.author not in (None, "none")
