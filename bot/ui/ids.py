"""Custom ids: all that a button, a select or a modal needs to know, so that nothing is kept in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.news import Subject
from bot.readers import Choice, List, Muted
from bot.ui.custom_id import CustomId, Snowflake

Screen = Literal["page", "peek", "card", "vote", "react", "tally"]
"""What the message with a button shows, so that it can be drawn again."""


@dataclass(frozen=True, slots=True)
class Turn(CustomId):
    """Show the page that holds a spot. Two buttons may name the same spot: *button* keeps their ids apart."""

    PREFIX = "p1"
    button: Literal["f", "p", "n", "l", "g", "u"]
    peek: bool
    """Whether this turn leaves the reader's place alone."""
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class Jump(CustomId):
    """Ask for a page number of the chapter that is open."""

    PREFIX = "j1"
    peek: bool
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class JumpTo(CustomId):
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
class Read(CustomId):
    """Open a story where the reader stopped."""

    PREFIX = "r1"
    story: int


@dataclass(frozen=True, slots=True)
class ListOf(CustomId):
    """A page of one of the reader's lists."""

    PREFIX = "ml1"
    button: Literal["p", "n", "t"]
    list: List
    page: int


@dataclass(frozen=True, slots=True)
class PickList(CustomId):
    """A select of the reader's lists."""

    PREFIX = "mp1"


@dataclass(frozen=True, slots=True)
class TakeOff(CustomId):
    """Take a story off the list that is shown."""

    PREFIX = "mt1"
    story: int
    list: List
    page: int


@dataclass(frozen=True, slots=True)
class ShowLists(CustomId):
    """On which list a story is, and where it may go."""

    PREFIX = "mw1"
    story: int


@dataclass(frozen=True, slots=True)
class PutOn(CustomId):
    """A select of where a story may go."""

    PREFIX = "mo1"
    story: int


@dataclass(frozen=True, slots=True)
class ShowFollow(CustomId):
    """Whether the reader follows a story and its author."""

    PREFIX = "fw1"
    story: int


@dataclass(frozen=True, slots=True)
class Follow(CustomId):
    """Follow a story, or its author, or do so no more."""

    PREFIX = "fo1"
    subject: Subject
    story: int
    on: bool


@dataclass(frozen=True, slots=True)
class Unfollow(CustomId):
    """Follow no more what a message tells news of; the number is the story's or the author's own."""

    PREFIX = "fu1"
    subject: Subject
    number: int


@dataclass(frozen=True, slots=True)
class FollowedPage(CustomId):
    """A page of what the reader follows."""

    PREFIX = "fl1"
    button: Literal["p", "n"]
    page: int


@dataclass(frozen=True, slots=True)
class DropFollowed(CustomId):
    """Follow no more what a page of that list shows."""

    PREFIX = "fd1"
    subject: Subject
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowCard(CustomId):
    """A story's card, privately."""

    PREFIX = "s1"
    story: int


@dataclass(frozen=True, slots=True)
class DrawQuote(CustomId):
    """A quote in a new message."""

    PREFIX = "q1"
    story: int


@dataclass(frozen=True, slots=True)
class Another(CustomId):
    """The next quote in the place of this one; story 0 is all stories."""

    PREFIX = "a1"
    story: int
    spoilers: bool
    """Whether it may come from beyond the first part of a story."""


@dataclass(frozen=True, slots=True)
class ShowQuote(CustomId):
    """Lift the veil from a quote."""

    PREFIX = "as1"
    quote: int
    story: int
    spoilers: bool


@dataclass(frozen=True, slots=True)
class InContext(CustomId):
    """The page that a quote is from, privately and without moving the reader's place."""

    PREFIX = "k1"
    quote: int


@dataclass(frozen=True, slots=True)
class ShowVote(CustomId):
    """The vote of a story, privately."""

    PREFIX = "vp1"
    story: int


@dataclass(frozen=True, slots=True)
class Cast(CustomId):
    """Vote, and draw the message again."""

    PREFIX = "v1"
    choice: Choice
    story: int
    screen: Screen
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class Withdraw(CustomId):
    """Take the vote back, and draw the message again that it was cast on (0: a private one)."""

    PREFIX = "w1"
    story: int
    message: Snowflake
    screen: Screen
    chapter: int
    offset: int


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
    screen: Screen
    chapter: int
    offset: int
    emoji: str


@dataclass(frozen=True, slots=True)
class ListPage(CustomId):
    """A page of a list. Two buttons may name the same page: *button* keeps their ids apart."""

    PREFIX = "l1"
    button: Literal["p", "n", "show", "clear"]
    finding: int
    """What was asked of the list, by its number in the database; 0 is the whole library."""
    page: int


@dataclass(frozen=True, slots=True)
class PickStory(CustomId):
    """A select of stories; its values are their ids."""

    PREFIX = "lp1"
    page: int


@dataclass(frozen=True, slots=True)
class TurnSearch(CustomId):
    """A page of what a search found; *search* is the number that it is kept under."""

    PREFIX = "h1"
    button: Literal["p", "n", "s"]
    search: int
    page: int
    lifted: bool
    """Whether also passages show from beyond where the reader has been."""


@dataclass(frozen=True, slots=True)
class PickHit(CustomId):
    """A select of what a search found; its values say what to open."""

    PREFIX = "hp1"


@dataclass(frozen=True, slots=True)
class SortList(CustomId):
    """A select of the orders of a list."""

    PREFIX = "ls1"
    finding: int


@dataclass(frozen=True, slots=True)
class ShowFilters(CustomId):
    """The filters of a list, to be changed."""

    PREFIX = "lf1"
    finding: int


PickedFilter = Literal["length", "status", "rating", "languages"]
"""Filters that are picked from a select; the others are typed."""


@dataclass(frozen=True, slots=True)
class PickFilter(CustomId):
    """A select of the values of one filter."""

    PREFIX = "lo1"
    filter: PickedFilter
    finding: int


@dataclass(frozen=True, slots=True)
class AskNames(CustomId):
    """Ask for tags and names to filter by."""

    PREFIX = "la1"
    finding: int


@dataclass(frozen=True, slots=True)
class NamesTyped(CustomId):
    """The modal that asks for them."""

    PREFIX = "lm1"
    finding: int


@dataclass(frozen=True, slots=True)
class AnotherStory(CustomId):
    """Another story by chance in the place of this one."""

    PREFIX = "rs1"
    finding: int


@dataclass(frozen=True, slots=True)
class AskMutes(CustomId):
    """Ask for what to mute."""

    PREFIX = "ma1"


@dataclass(frozen=True, slots=True)
class MutesTyped(CustomId):
    """The modal that asks for it."""

    PREFIX = "mm1"


@dataclass(frozen=True, slots=True)
class Unmute(CustomId):
    """A select of what a reader has muted; its values are the mutes' ids."""

    PREFIX = "mu1"
    kind: Muted


@dataclass(frozen=True, slots=True)
class OnDraft(CustomId):
    """What to do with an upload that waits."""

    PREFIX = "d1"
    action: Literal["publish", "edit", "preview", "cancel"]
    draft: int


@dataclass(frozen=True, slots=True)
class SetReader(CustomId):
    """A select of what a reader may choose."""

    PREFIX = "sr1"
    what: Literal["length", "private", "veil", "notices", "adult"]


@dataclass(frozen=True, slots=True)
class SetServer(CustomId):
    """A select of what those who manage a server may choose."""

    PREFIX = "ss1"
    what: Literal["news", "adders", "role", "private"]


@dataclass(frozen=True, slots=True)
class AskReactions(CustomId):
    """Ask for the reactions on offer in a server."""

    PREFIX = "sq1"


@dataclass(frozen=True, slots=True)
class TakeReactions(CustomId):
    """The modal that asks for them."""

    PREFIX = "sqm1"


@dataclass(frozen=True, slots=True)
class HandOver(CustomId):
    """Ask who is to turn the pages for all."""

    PREFIX = "to1"


@dataclass(frozen=True, slots=True)
class HandTo(CustomId):
    """A select of who turns the pages of a message from now on."""

    PREFIX = "th1"
    message: Snowflake


@dataclass(frozen=True, slots=True)
class BookmarkHere(CustomId):
    """Ask for the note of a bookmark at the page that is open."""

    PREFIX = "bk1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class KeepBookmark(CustomId):
    """The modal that asks for it."""

    PREFIX = "bkm1"
    chapter: int
    offset: int


@dataclass(frozen=True, slots=True)
class BookmarkPage(CustomId):
    """A page of the reader's bookmarks."""

    PREFIX = "bl1"
    button: Literal["p", "n"]
    page: int


@dataclass(frozen=True, slots=True)
class PickBookmark(CustomId):
    """A select of bookmarks; its values are their ids."""

    PREFIX = "bp1"
    page: int


@dataclass(frozen=True, slots=True)
class OnBookmark(CustomId):
    """What to do with a bookmark; *page* of the list leads back."""

    PREFIX = "bo1"
    action: Literal["open", "edit", "delete", "back"]
    bookmark: int
    page: int


@dataclass(frozen=True, slots=True)
class EditBookmark(CustomId):
    """The modal with a bookmark's note."""

    PREFIX = "bem1"
    bookmark: int
    page: int


@dataclass(frozen=True, slots=True)
class OnPrivacy(CustomId):
    """What a reader does with what is stored of them."""

    PREFIX = "pv1"
    action: Literal["export", "ask", "delete", "keep"]


DetailRow = Literal["story", "rating", "tags", "wishes", "bounds"]
"""Details of an upload that are asked for together."""


@dataclass(frozen=True, slots=True)
class EditDetails(CustomId):
    """Ask for details of an upload that waits."""

    PREFIX = "dr1"
    row: DetailRow
    draft: int


@dataclass(frozen=True, slots=True)
class EditDraft(CustomId):
    """The modal that asks for them."""

    PREFIX = "dm1"
    row: DetailRow
    draft: int


MODALS: tuple[type[CustomId], ...] = (
    JumpTo, EditDraft, TakeReactions, KeepBookmark, EditBookmark, NamesTyped, MutesTyped,
)  # fmt: skip
PRESSES: tuple[type[CustomId], ...] = (
    Turn, Jump, PickChapter, ShowNotes, Read, ShowCard, DrawQuote, Another, ShowQuote, InContext, ShowVote, Cast,
    Withdraw, ShowReact, React, ListPage, PickStory, SortList, ShowFilters, PickFilter, AskNames, AnotherStory,
    AskMutes, Unmute, OnDraft, EditDetails, OnPrivacy, BookmarkHere, BookmarkPage, PickBookmark, OnBookmark,
    SetReader, SetServer, AskReactions, ListOf, PickList, TakeOff, ShowLists, PutOn, TurnSearch, PickHit,
    HandOver, HandTo,
    ShowFollow, Follow, Unfollow, FollowedPage, DropFollowed,
)  # fmt: skip
KINDS = PRESSES + MODALS
