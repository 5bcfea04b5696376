"""Reactions: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ui.custom_id import CustomId, MessageKind


@dataclass(frozen=True, slots=True)
class ShowReactions(CustomId):
    """The reactions of a story, privately."""

    PREFIX = "rp1"
    story: int


@dataclass(frozen=True, slots=True)
class ShowPageReactions(CustomId):
    """The reactions to the page that begins there, privately."""

    PREFIX = "rh1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class React(CustomId):
    """Give or take back an emoji, to the page that is named if there is one, and draw the message again."""

    PREFIX = "e1"
    story: int
    screen: MessageKind
    chapter: int
    offset: int
    emoji: str
