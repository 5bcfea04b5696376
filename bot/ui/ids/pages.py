"""A page, its jumps and its notes: custom ids."""

from typing import Literal

from bot.ui.custom_id import AtSpot, CustomId, ModalId, OfStory


class TurnPage(CustomId, prefix="p1"):
    """Show the page that holds a spot: the previous or the next, the furthest, or this one, as the reader's place.

    Two buttons may name the same spot: *button* keeps their ids apart.
    """

    button: Literal["p", "n", "u", "g"]
    peek: bool
    """Whether this turn leaves the reader's place alone."""
    chapter: int
    offset: int


Unfolded = Literal["react", "more", "contents"]
"""What may stand unfolded under a page: its reactions, what is rarer, or the story's chapters."""


class UnfoldPage(CustomId, prefix="pu1"):
    """Unfold something under the open page, or fold it."""

    part: Literal["react", "more", "contents", "fold"]
    peek: bool
    chapter: int
    offset: int


class SetPageLength(CustomId, prefix="pl1"):
    """A select of how long the reader's pages are, under a page."""

    peek: bool
    chapter: int
    offset: int


class SharePage(AtSpot, prefix="ps1"):
    """Post the open page for all to see: it does not turn."""


class ReadTogether(AtSpot, prefix="pt1"):
    """Open a thread where the one who presses turns the pages for all."""


class ReadFrom(AtSpot, prefix="rf1"):
    """Open a page that was shared, privately and without moving the reader's place."""


class WhatNext(CustomId, prefix="wn1"):
    """What to read after the story whose last page is open, in its place."""

    peek: bool
    chapter: int
    offset: int


class PickNext(CustomId, prefix="wp1"):
    """A select of what to read next; its values are stories' ids."""


class AnswerWarnings(OfStory, prefix="wa1"):
    """Open a story in spite of what it warns of, or do not."""

    answer: Literal["show", "leave"]


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
