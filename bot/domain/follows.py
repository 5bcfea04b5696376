"""Follows: the stories and authors whose news a reader wants, and that news."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.questions import Question, Reply
from bot.stories.model import ChapterSummary, StorySummary

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


SHUT_SECONDS = 7 * 24 * 60 * 60
"""Seconds without direct messages for a reader whom one could not reach; a look at /following ends them early."""


@dataclass(frozen=True, slots=True)
class ReadersRequest:
    """Marks a chapter that was published after readers voted to continue."""

    voters: int
    """How many voted to continue."""
    by_reader: bool
    """Whether the reader who gets the news was one of them."""


@dataclass(frozen=True, slots=True)
class News:
    """The news of one story, and why somebody gets it."""

    story: StorySummary
    is_new: bool
    """Whether the story itself is new."""
    chapters: tuple[ChapterSummary, ...]
    """The new chapters."""
    follows_story: bool
    """Whether those who get it follow the story."""
    author: int | None
    """The id of the author whom they follow; None where they follow the story alone."""
    reply: Reply | None = None
    """The reply to the default question."""
    asked_for: ReadersRequest | None = None
    result: Question | None = None
    """The own question of which the first of the chapters came."""
