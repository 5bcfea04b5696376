"""Reactions: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ui.custom_id import CustomId, Shown


@dataclass(frozen=True, slots=True)
class ShowReact(CustomId):
    """The reactions of a story, privately."""

    PREFIX = "rp1"
    story: int


@dataclass(frozen=True, slots=True)
class React(CustomId):
    """Give or take back an emoji, and draw the message again."""

    PREFIX = "e1"
    story: int
    screen: Shown
    chapter: int
    offset: int
    emoji: str
