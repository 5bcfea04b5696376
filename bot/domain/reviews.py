"""Reviews: readers' opinions of a story in their own words."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import ChapterSummary, StorySummary
from bot.stories.visible import is_visible, unsteered

FEWEST_CHARS, MOST_CHARS = 10, 4000
"""Minimum and maximum length of a review, in characters; a modal's text field has room for 4,000."""

REASON_CHARS = 300
"""Maximum length of the reason for a report, in characters."""

NEW_SECONDS = 7 * 24 * 60 * 60
"""Seconds for which a Discord account is new; reviews by new accounts wait for a manager of the server."""

HOUR_SECONDS = 60 * 60
REVIEWS_AN_HOUR = 5
"""Maximum number of new reviews by one reader within an hour; changed reviews do not count."""

DIGEST_HOUR = 18
"""Hour (UTC) of the daily review digest: evening in Europe, noon in America."""

DAY_SECONDS = 24 * 60 * 60

ReviewState = Literal["shown", "held", "hidden"]
"""Visibility of a review to others than its writer and the server's moderators: *shown*, *held* until approved, or
*hidden*."""

ReviewScope = Literal["story", "mine", "waiting"]
"""Reviews in a list: those of a story, the reader's own, or those that wait for the server's managers."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review to be stored."""

    reader: int
    name: str
    """The reader's display name, since some clients cannot show a mention."""
    story: int
    chapter: int
    """The chapter's id; 0 for the whole story."""
    guild: int
    """The server where the review was written; 0 in a direct message."""
    text: str
    is_new_account: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A stored review."""

    id: int
    reader: int
    name: str
    """The reader's display name when they last changed the review."""
    guild: int
    """The server where the review was written; 0 for a direct message, where it is for the story's authors only."""
    story_id: int
    story: StorySummary | None
    """The story; None if the viewer may not see it, and then *text* is empty."""
    chapter_id: int
    """Id of the chapter; 0 for the whole story."""
    chapter: ChapterSummary | None
    """The chapter; None for the whole story, and if the story no longer has the chapter."""
    text: str
    state: ReviewState
    left_at: int
    """Seconds since 1970."""
    edited_at: int | None
    reports: int
    """Number of readers who reported the review."""
    waits: bool
    """Whether the review waits for the managers of its server."""
    until: tuple[int, int]
    """Furthest point of the story that the review may reveal: a chapter's position and an offset, as in `Horizon`."""


@dataclass(frozen=True, slots=True)
class ReviewDigest:
    """Contents of an author's notice of new reviews: the first of them, and the number of all."""

    reviews: tuple[Review, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """The user who looks at reviews, and their server."""

    reader: int
    guild: int
    """Id of the server; 0 in a direct message."""
    moderates: bool
    """Whether the user may hide the reviews of that server and answer reports."""


def tidy(typed: str) -> str:
    """Return *typed* without control characters, direction marks and trailing spaces, and with single blank lines only.

    The result is empty if *typed* has no visible character.
    """
    text = unsteered(typed).encode("utf-8", "ignore").decode().replace("\r\n", "\n")
    text = re.sub(r"[^\S\n]+(?=\n|$)", "", re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip() if is_visible(text) else ""


def is_new_account(made_at: float, now: float) -> bool:
    """Return whether an account made at *made_at* is new; both times are in seconds since 1970."""
    return now - made_at < NEW_SECONDS


def next_digest(now: float) -> int:
    """Return the time of the first daily digest after *now*, both in seconds since 1970."""
    hour = int(now) // DAY_SECONDS * DAY_SECONDS + DIGEST_HOUR * HOUR_SECONDS
    return hour if hour > now else hour + DAY_SECONDS
