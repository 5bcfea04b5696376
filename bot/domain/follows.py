"""Follows: the stories and authors that a reader follows, and their news."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.questions import Question, Reply
from bot.stories.model import ChapterSummary, StorySummary

FollowKind = Literal["story", "author"]
"""Kind of thing that a reader follows."""

FOLLOWS_AT_MOST = 500
"""Maximum number of stories and authors that one reader may follow."""


@dataclass(frozen=True, slots=True)
class FollowedItem:
    """A story or an author that a reader follows."""

    subject: FollowKind
    id: int
    """Id of the story or of the author."""
    author: str | None
    """Pen name of the followed author; None if a story is followed, or if none of their stories is visible here."""
    story: StorySummary | None
    """The followed story; None if an author is followed, or if the story is not visible to the reader here."""


FollowScope = Literal["none", "other_server", "this_server"]
"""Whether a reader follows something from this server, only from other servers, or not at all."""


@dataclass(frozen=True, slots=True)
class FollowStatus:
    """Whether a reader follows a story, and its author."""

    story: FollowScope
    author: FollowScope | None
    """Whether the reader follows the story's author; None if no author is linked to the story."""

    @property
    def any(self) -> bool:
        """Whether the reader follows the story or its author."""
        return self.story != "none" or self.author not in (None, "none")


SHUT_SECONDS = 7 * 24 * 60 * 60
"""Seconds without direct messages to a reader after a direct message failed; opening /following ends the wait."""


@dataclass(frozen=True, slots=True)
class ReadersRequest:
    """Readers' votes to continue that led to a new chapter."""

    voters: int
    """Number of readers who voted to continue."""
    by_reader: bool
    """Whether the recipient of the news was one of these readers."""


@dataclass(frozen=True, slots=True)
class News:
    """News of one story for one recipient."""

    story: StorySummary
    is_new: bool
    """Whether the story itself is new."""
    chapters: tuple[ChapterSummary, ...]
    """The new chapters."""
    follows_story: bool
    """Whether the recipient follows the story."""
    author: int | None
    """Id of the author whom the recipient follows; None if they follow none of the story's authors."""
    reply: Reply | None = None
    """The reply to the default question, if it is news."""
    asked_for: ReadersRequest | None = None
    result: Question | None = None
    """The author's own question whose result the news reports, if any."""
