"""Reactions: custom ids."""

from bot.ui.custom_id import CustomId, EmojiText, MessageKind


class ShowReactions(CustomId, prefix="rp1"):
    """The reactions of a story, privately."""

    story: int


class ShowPageReactions(CustomId, prefix="rh1"):
    """The reactions to the page that begins there, privately."""

    chapter: int
    offset: int


class React(CustomId, prefix="e1"):
    """Give or take back an emoji, to the page that is named if there is one, and draw the message again."""

    story: int
    screen: MessageKind
    chapter: int
    offset: int
    emoji: EmojiText
