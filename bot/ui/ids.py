"""Custom ids: all that a button, a select or a modal needs to know, so that nothing is kept in memory.

Each kind is a value with a prefix of its own, which carries its version; writing it as text gives the id and its
`pattern` reads it back, strictly, since ids arrive from outside. Numbers are small enough for a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import ClassVar, Literal, NewType, Self, get_args, get_type_hints

from bot.readers import Choice, List
from bot.ui.limits import CUSTOM_ID

Snowflake = NewType("Snowflake", int)
"""An id of Discord's: up to 20 digits, where a database's whole numbers have 18 for certain."""

_SNOWFLAKE = r"[0-9]{1,20}"
_NUMBER = r"[0-9]{1,18}"
_EMOJI = r"[^:\s]{1,40}"


@dataclass(frozen=True, slots=True)
class CustomId:
    """The shape of all custom ids: a prefix, then the fields in order, parted by colons."""

    PREFIX: ClassVar[str]

    def __str__(self) -> str:
        parts = [self.PREFIX, *(_write(getattr(self, field.name)) for field in fields(self))]
        text = ":".join(parts)
        if len(text) > CUSTOM_ID:
            raise ValueError(f"custom id of {len(text)} characters: {text}")
        return text

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        """What matches every id of this kind whole, and no other."""
        return _pattern(cls)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """The value of an id that `pattern` matched."""
        kinds = _kinds(cls)
        return cls(**{name: _read(kinds[name], text) for name, text in match.groupdict().items()})


def _write(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read(kind: object, text: str) -> object:
    return text == "1" if kind is bool else int(text) if kind in (int, Snowflake) else text


@cache
def _kinds(cls: type[CustomId]) -> dict[str, object]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


@cache
def _pattern(cls: type[CustomId]) -> re.Pattern[str]:
    def part(kind: object) -> str:
        if kind is bool:
            return "[01]"
        if kind is Snowflake:
            return _SNOWFLAKE
        return _NUMBER if kind is int else "|".join(map(re.escape, get_args(kind))) or _EMOJI

    return re.compile(":".join([cls.PREFIX, *(f"(?P<{name}>{part(kind)})" for name, kind in _kinds(cls).items())]))


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
    """A page of the library's list."""

    PREFIX = "l1"
    button: Literal["p", "n"]
    page: int


@dataclass(frozen=True, slots=True)
class PickStory(CustomId):
    """A select of stories; its values are their ids."""

    PREFIX = "lp1"
    page: int


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
    what: Literal["length", "private", "veil", "notices"]


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


MODALS: tuple[type[CustomId], ...] = (JumpTo, EditDraft, TakeReactions)
PRESSES: tuple[type[CustomId], ...] = (
    Turn, Jump, PickChapter, ShowNotes, Read, ShowCard, DrawQuote, Another, InContext, ShowVote, Cast,
    Withdraw, ShowReact, React, ListPage, PickStory, OnDraft, EditDetails,
    OnPrivacy, SetReader, SetServer, AskReactions, ListOf, PickList, TakeOff, ShowLists, PutOn,
)  # fmt: skip
KINDS = PRESSES + MODALS
