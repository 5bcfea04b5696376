"""Reviews: what readers say of a story in their own words."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import ChapterSummary, StorySummary
from bot.stories.visible import is_visible, unsteered

FEWEST_CHARS, MOST_CHARS = 10, 4000
"""Characters of a review; Discord takes 4,000 into a modal."""

REASON_CHARS = 300
"""Characters of the reason for a report."""

NEW_SECONDS = 7 * 24 * 60 * 60
"""Seconds for which an account is new; the reviews of a new one wait for a manager of the server."""

HOUR_SECONDS = 60 * 60
REVIEWS_AN_HOUR = 5
"""New reviews that one reader may leave within an hour; changes do not count."""

DIGEST_HOUR = 18
"""The hour (UTC) of the daily digest of reviews: evening in Europe, noon in America."""

DAY_SECONDS = 24 * 60 * 60

ReviewState = Literal["shown", "held", "hidden"]
"""Who sees a review beside its writer and its server's managers: all there, nobody yet, nobody any more."""

ReviewScope = Literal["story", "mine", "waiting"]
"""Which reviews a list has: of a story, by the reader, or those that wait for a server's managers."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review that is about to be stored."""

    reader: int
    name: str
    """The reader's display name, since a client may not be able to show a mention."""
    story: int
    chapter: int
    """The chapter's id; 0 for the story as a whole."""
    guild: int
    """The server where it was written; 0 in a direct message."""
    text: str
    is_new_account: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it is stored."""

    id: int
    reader: int
    name: str
    """The reader's display name when they wrote it or last changed it."""
    guild: int
    """The server where it was written; 0 in a direct message: then only the story's authors see it."""
    story_id: int
    story: StorySummary | None
    """None where the viewer may not see the story; then they may not see the text either."""
    chapter_id: int
    """0: it is about the story as a whole."""
    chapter: ChapterSummary | None
    """None also where the chapter is no longer part of the story."""
    text: str
    state: ReviewState
    left_at: int
    """Seconds since 1970."""
    edited_at: int | None
    reports: int
    """How many readers reported it."""
    waits: bool
    """Whether it waits for the managers of its server."""
    until: tuple[int, int]
    """The point of the story up to which it may tell: a chapter's position and an offset, as in `Horizon`."""


@dataclass(frozen=True, slots=True)
class ReviewDigest:
    """What an author's message shows: the first reviews, and how many there are in all."""

    reviews: tuple[Review, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at reviews, and from where."""

    reader: int
    guild: int
    """0 in a direct message."""
    moderates: bool
    """Whether they may hide the reviews that were left in that server, and answer reports of them."""


def tidy(typed: str) -> str:
    """Return *typed* without control characters and trailing spaces, with at most one blank line in a row.

    It is empty where nothing of it would be seen.
    """
    text = unsteered(typed).encode("utf-8", "ignore").decode().replace("\r\n", "\n")
    text = re.sub(r"[^\S\n]+(?=\n|$)", "", re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip() if is_visible(text) else ""


def is_new_account(made_at: float, now: float) -> bool:
    """Return whether an account made at *made_at* is new; both times are in seconds since 1970."""
    return now - made_at < NEW_SECONDS


def next_digest(now: float) -> int:
    """Return when the next digest is due, in seconds since 1970."""
    hour = int(now) // DAY_SECONDS * DAY_SECONDS + DIGEST_HOUR * HOUR_SECONDS
    return hour if hour > now else hour + DAY_SECONDS
