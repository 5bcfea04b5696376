"""Reviews: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.reviews import ReviewScope
from bot.ui.custom_id import CustomId, ModalId

ReviewOrigin = Literal["new", "story", "mine"]
"""Where a review is asked for: a message of its own answers it, or this list is drawn again."""


@dataclass(frozen=True, slots=True)
class ShowReviews(CustomId):
    """What readers say of a story, privately."""

    PREFIX = "rv1"
    story: int


@dataclass(frozen=True, slots=True)
class AskReview(CustomId):
    """Ask for the words of a review, new or to be changed."""

    PREFIX = "rva1"
    origin: ReviewOrigin
    story: int
    chapter: int
    """0: it is about the story as a whole."""


@dataclass(frozen=True, slots=True)
class ReviewModal(ModalId):
    """The modal that asks for them."""

    PREFIX = "rvam1"
    origin: ReviewOrigin
    story: int
    chapter: int


@dataclass(frozen=True, slots=True)
class ReviewsPage(CustomId):
    """A page of a list of reviews."""

    PREFIX = "rvp1"
    button: Literal["previous", "next", "show", "back", "waiting"]
    scope: ReviewScope
    story: int
    """0 where the list is not of one."""
    page: int
    lifted: bool
    """Whether also what goes beyond where the reader has been shows."""


ReviewActionName = Literal["ask", "delete", "show", "hide"]
"""What to do with a review: ask whether to delete it, do so; show it to all, or to nobody else."""


@dataclass(frozen=True, slots=True)
class ReviewAction(CustomId):
    """What to do with a review; the list, its story and its page lead back."""

    PREFIX = "rvo1"
    action: ReviewActionName
    review: int
    scope: ReviewScope
    story: int
    page: int
    lifted: bool


@dataclass(frozen=True, slots=True)
class ShowWholeReview(CustomId):
    """A part of a review that is longer than a message."""

    PREFIX = "rvw1"
    review: int
    part: int
    turn: bool
    """Whether the press turns a message that shows it, and does not open one."""


@dataclass(frozen=True, slots=True)
class AskReport(CustomId):
    """Ask why a review is reported."""

    PREFIX = "rvr1"
    review: int


@dataclass(frozen=True, slots=True)
class ReportModal(ModalId):
    """The modal that asks."""

    PREFIX = "rvrm1"
    review: int


@dataclass(frozen=True, slots=True)
class ShowReviewNews(CustomId):
    """How the one who presses hears of reviews."""

    PREFIX = "rvn1"


@dataclass(frozen=True, slots=True)
class SetReviewNews(CustomId):
    """A select of how they do."""

    PREFIX = "rvs1"
