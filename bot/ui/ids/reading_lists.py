"""A reader's lists: custom ids."""

from bot.domain.reading_lists import ReadingList
from bot.ui.custom_id import CustomId, OfStory


class EditReadingList(CustomId, prefix="ml2"):
    """A page of one of the reader's lists, whose stories can be moved."""

    list: ReadingList
    page: int


class PickListed(CustomId, prefix="mp2"):
    """A select of the stories of a list, to move one; its values are their ids."""


class ShowReadingLists(OfStory, prefix="mw1"):
    """On which list a story is, and where it may go."""


class MoveToList(OfStory, prefix="mo1"):
    """A select of where a story may go."""


class ToggleLater(CustomId, prefix="ma2"):
    """Keep the story of a card for later, or no more; *more* says whether the card is unfolded."""

    story: int
    more: bool
