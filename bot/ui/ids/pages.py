"""A page, its jumps and its notes: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, ModalId, OfStory


class TurnPage(CustomId, prefix="p1"):
    """Show the page that holds a spot. Two buttons may name the same spot: *button* keeps their ids apart."""

    button: Literal["f", "p", "n", "l", "g", "u"]
    peek: bool
    """Whether this turn leaves the reader's place alone."""
    chapter: int
    offset: int


class AskJump(CustomId, prefix="j1"):
    """Ask for a page number of the chapter that is open."""

    peek: bool
    chapter: int
    offset: int


class JumpModal(AskJump, ModalId, prefix="jm1"):
    """The modal that asks."""


class PickChapter(CustomId, prefix="c1"):
    """A select of chapters beside a page; its values are their ids, or the number around which to show others."""

    peek: bool
    chapter: int
    offset: int


class ShowNotes(CustomId, prefix="n1"):
    """The whole of an author's note that was too long to stand beside the page."""

    side: Literal["before", "after"]
    chapter: int
    offset: int
    part: int
    turn: bool
    """Whether the press turns a message that shows the note, and does not open one."""


class ReadStory(OfStory, prefix="r1"):
    """Open a story where the reader stopped."""


class ShowCard(OfStory, prefix="s1"):
    """A story's card, privately."""


class ReadPicked(CustomId, prefix="rp2"):
    """A select of stories; the one that is picked opens where the reader stopped."""
