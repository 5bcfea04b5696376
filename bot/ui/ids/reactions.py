"""Reactions: custom ids."""

from bot.stories.model import Spot
from bot.ui.custom_id import AtSpot, CustomId, EmojiText, MessageKind, OfStory, Shown


class ShowReactions(OfStory, prefix="rp1"):
    """The reactions of a story, privately."""


class ShowPageReactions(AtSpot, prefix="rh1"):
    """The reactions to the page that begins there, privately."""


class React(CustomId, prefix="e1"):
    """Give or take back an emoji, to the page that is named if there is one, and draw the message again."""

    story: int
    screen: MessageKind
    chapter: int
    offset: int
    emoji: EmojiText

    @property
    def shown(self) -> Shown:
        return Shown(self.screen, self.story, Spot(self.chapter, self.offset))
