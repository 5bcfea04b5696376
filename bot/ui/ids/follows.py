"""What a reader follows: custom ids."""

from bot.domain.follows import FollowKind
from bot.ui.custom_id import CustomId, OfStory


class ShowFollow(OfStory, prefix="fw1"):
    """Whether the reader follows a story and its author."""


class Follow(CustomId, prefix="fo1"):
    """Follow or unfollow a story or its author."""

    subject: FollowKind
    story: int
    on: bool


class FollowFromVote(OfStory, prefix="ft1"):
    """Follow a story from its vote; the message with the vote stays unchanged."""


class Unfollow(CustomId, prefix="fu1"):
    """Unfollow from a message with news; the number is the id of the story or the author."""

    subject: FollowKind
    number: int


class PickUnfollowed(CustomId, prefix="fd2"):
    """A select of a page of what the reader follows, to unfollow one; its values say a kind and an id."""

    page: int
