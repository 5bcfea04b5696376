"""Reviews: custom ids."""

from typing import Literal

from bot.domain.reviews import ReviewScope
from bot.ui.custom_id import CustomId, ModalId, OfStory

ReviewOrigin = Literal["new", "story", "mine"]
"""Where a review is asked for: a message of its own answers it, or this list is drawn again."""


class ShowReviews(OfStory, prefix="rv1"):
    """What readers say of a story, privately."""


class AskReview(CustomId, prefix="rva1"):
    """Ask for the words of a review, new or to be changed."""

    origin: ReviewOrigin
    story: int
    chapter: int
    """0: it is about the story as a whole."""


class ReviewModal(AskReview, ModalId, prefix="rvam1"):
    """The modal that asks for them."""


class ReviewsPage(CustomId, prefix="rvp2"):
    """A page of a list of reviews."""

    button: Literal["previous", "next", "back", "waiting"]
    scope: ReviewScope
    story: int
    """0 where the list is not of one."""
    page: int


ReviewActionName = Literal["ask", "delete", "show", "hide"]
"""What to do with a review: ask whether to delete it, do so; show it to all, or to nobody else."""


class ReviewAction(CustomId, prefix="rvo2"):
    """What to do with a review; the list, its story and its page lead back."""

    action: ReviewActionName
    review: int
    scope: ReviewScope
    story: int
    page: int


class CheckReview(CustomId, prefix="rvc1"):
    """Answer for a review in the reports channel."""

    action: Literal["show", "hide"]
    review: int


class ShowWholeReview(CustomId, prefix="rvw1"):
    """A part of a review that is longer than a message."""

    review: int
    part: int
    turn: bool
    """Whether the press turns a message that shows it, and does not open one."""


class AskReport(CustomId, prefix="rvr1"):
    """Ask why a review is reported."""

    review: int


class ReportModal(AskReport, ModalId, prefix="rvrm1"):
    """The modal that asks."""


class ShowReviewNews(CustomId, prefix="rvn1"):
    """How the one who presses hears of reviews."""


class SetReviewNews(CustomId, prefix="rvs1"):
    """A select of how they do."""
