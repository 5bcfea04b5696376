"""A page, its jumps and its notes: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class TurnPage(CustomId):
    """Show the page that holds a spot. Two buttons may name the same spot: *button* keeps their ids apart."""

    PREFIX = "p1"
    button: Literal["f", "p", "n", "l", "g", "u"]
    peek: bool
    """Whether this turn leaves the reader's place alone."""
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class AskJump(CustomId):
    """Ask for a page number of the chapter that is open."""

    PREFIX = "j1"
    peek: bool
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class JumpModal(ModalId):
    """The modal that asks."""

    PREFIX = "jm1"
    peek: bool
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class PickChapter(CustomId):
    """A select of chapters beside a page; its values are their ids, or the number around which to show others."""

    PREFIX = "c1"
    peek: bool
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class ShowNotes(CustomId):
    """The whole of an author's note that was too long to stand beside the page."""

    PREFIX = "n1"
    side: Literal["before", "after"]
    chapter: int
    offset: int
    part: int
    turn: bool
    """Whether the press turns a message that shows the note, and does not open one."""


@dataclass(frozen=True, slots=True)
class ReadStory(CustomId):
    """Open a story where the reader stopped."""

    PREFIX = "r1"
    story: int


@dataclass(frozen=True, slots=True)
class ShowCard(CustomId):
    """A story's card, privately."""

    PREFIX = "s1"
    story: int
