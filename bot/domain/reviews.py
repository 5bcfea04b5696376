"""What readers say of a story in their own words: values and rules without Discord or SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import ChapterSummary, StorySummary

FEWEST_CHARS, MOST_CHARS = 10, 4000
"""Characters of a review; Discord takes 4,000 into a modal."""

REASON_CHARS = 300
"""Characters of the reason for a report."""

NEW_SECONDS = 7 * 24 * 60 * 60
"""Seconds for which an account is new: what it says waits until someone who manages the server has looked at it."""

HOUR_SECONDS = 60 * 60
REVIEWS_AN_HOUR = 5
"""Reviews that one reader may leave within an hour; what they change does not count."""

DIGEST_HOUR = 18
"""The hour, UTC, at which those hear of reviews who want to once a day: the evening in Europe, noon in America."""

DAY_SECONDS = 24 * 60 * 60

ReviewState = Literal["shown", "held", "hidden"]
"""Who sees a review beside who wrote it and who manages its server: all there; nobody yet; nobody any more."""

ReviewScope = Literal["story", "mine", "waiting"]
"""Of what a list of reviews is: a story; the one who looks; those who manage a server, who are to look at them."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review as it comes from its reader."""

    reader: int
    name: str
    """What they are called; a mention alone tells nothing to those whose client does not know them."""
    story: int
    chapter: int
    """The chapter's id; 0 for the story as a whole."""
    guild: int
    """The server where it is left; 0 in a direct message."""
    text: str
    is_new_account: bool
    """Whether the reader's account is."""


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it is kept."""

    id: int
    reader: int
    name: str
    """What they were called when they left it, or last changed it."""
    guild: int
    """The server where it was left; 0 in a direct message, and then it is for the story's writers alone."""
    story_id: int
    """The story's id."""
    story: StorySummary | None
    """None where the story is not shown to the one who looks: then neither is the text."""
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
    """Whether those who manage its server have yet to look at it."""
    until: tuple[int, int]
    """What it may speak of: all up to this chapter and this offset in it, as a `Horizon` counts."""


@dataclass(frozen=True, slots=True)
class ReviewJob:
    """All reviews that one writer is to be told of now."""

    writer: int
    reviews: tuple[int, ...]
    """Their ids, the first first."""
    tries: int
    """How often telling them has failed."""


@dataclass(frozen=True, slots=True)
class ReviewDigest:
    """What a writer is told: the first of some reviews of what they wrote, and how many there are."""

    reviews: tuple[Review, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at reviews, and from where."""

    reader: int
    guild: int
    """0: from a direct message."""
    manages: bool
    """Whether they manage that server."""


def tidy(typed: str) -> str:
    """What was typed, without what is no text, and with at most one blank line in a row."""
    text = typed.encode("utf-8", "ignore").decode().replace("\r\n", "\n")
    text = re.sub(r"[^\S\n]+(?=\n|$)", "", re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def is_new_account(made_at: float, now: float) -> bool:
    """Whether an account that was made then is new; both in seconds since 1970."""
    return now - made_at < NEW_SECONDS


def next_digest(now: float) -> int:
    """When the next digest is told, in seconds since 1970."""
    hour = int(now) // DAY_SECONDS * DAY_SECONDS + DIGEST_HOUR * HOUR_SECONDS
    return hour if hour > now else hour + DAY_SECONDS
