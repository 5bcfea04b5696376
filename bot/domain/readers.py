"""What readers do: votes, reactions, places. Values and the rules about them; no Discord, no SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from bot.stories.model import Contents, Drawn, Entry, Spot

WORDS_A_MINUTE = 230
"""The pace of a reader of fiction (Brysbaert 2019: 238 words a minute for silent reading of prose in English)."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees what is shown somewhere: where it is not certain that all are adults, they are not."""

    adult: bool = False
    guild: int = 0
    """The server whose own stories they see beside those that all see; 0 in a direct message."""
    reader: int = 0
    """The one who asks, whose mutes hold in lists; 0 for nobody in particular."""
    direct: bool = False
    """Whether they are alone with the bot, where they may have said that they are an adult."""


EVERYONE = Audience()

Choice = Literal["continue", "leave"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True)
class Count:
    """How many readers chose each."""

    go_on: int = 0
    leave: int = 0

    @property
    def all(self) -> int:
        return self.go_on + self.leave


@dataclass(frozen=True, slots=True)
class Votes:
    """The standing vote of a story: everywhere, and in the server that asks (None in a direct message)."""

    overall: Count
    here: Count | None


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji that a reader gave. A custom one is the same whatever it is called, so its *key* is its id."""

    key: str
    name: str | None = None
    """What a custom emoji is called; None for any other."""
    animated: bool = False
    usable: bool = False
    """Whether the bot can show a custom emoji."""

    @classmethod
    def read(cls, text: str) -> Emoji:
        """An emoji as Discord writes it: itself, or ``<a:name:id>`` for a custom one."""
        match = re.fullmatch(r"<(a?):(.*):([0-9]{1,20})>", text)
        return cls(match[3], match[2], bool(match[1])) if match else cls(plain_emoji(text))


@dataclass(frozen=True, slots=True)
class Reaction:
    """How many readers gave an emoji to a story."""

    emoji: Emoji
    readers: int


By = Literal["reactions", "reads", "votes", "saves"]
"""What a list of the most loved counts: emoji, finished reads, votes to continue, saved quotes."""

Since = Literal["week", "month", "ever"]

Ranked = Literal["story", "quote"]

RANKINGS: tuple[tuple[Ranked, By], ...] = (
    ("story", "reactions"), ("story", "reads"), ("story", "votes"), ("story", "saves"),
    ("quote", "reactions"), ("quote", "saves"),
)  # fmt: skip
"""The lists there are."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot about a story."""

    message: int
    channel: int
    guild: int | None


Muted = Literal["tag", "author"]
"""What can be muted; fandoms and characters count as tags."""


@dataclass(frozen=True, slots=True)
class Mute:
    """A tag or an author that a reader does not want to meet."""

    id: int
    kind: Muted
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is in a story."""

    story: int
    spot: Spot
    finished: bool
    furthest: Spot
    is_behind: bool
    """Whether they have been further than they are."""
    moved_at: int
    """Seconds since 1970."""


AWAY_SECONDS = 7 * 24 * 60 * 60
"""Seconds after which a reader is told where they stopped."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a page tells a reader who comes back to it."""

    since: int
    """When they stopped, in seconds since 1970."""
    words: str | None = None
    """The last that they read, where that is a while ago."""
    furthest: Spot | None = None
    """Where they have been further than here."""


FIRST_PART = 33
"""Percent of a story: what is before is no spoiler to anyone."""

SHORT_WORDS = 1000
"""A story of no more words has no part that would spoil it."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has been in some stories; what is beyond may be a spoiler to them."""

    reached: Mapping[int, tuple[int, int]]
    """By story: the number of the furthest chapter, and the offset in it where the furthest page ends."""
    is_veiling: bool = True

    def hides(self, story: Entry, chapter: Contents, spot: Spot, percent: int) -> bool:
        """Whether *spot* is beyond what they have read, and beyond the first part of the story."""
        beyond = self.is_beyond(story.id, (chapter.number, spot.offset))
        return percent > FIRST_PART and story.words > SHORT_WORDS and beyond

    def is_beyond(self, story: int, until: tuple[int, int]) -> bool:
        """Whether something that may tell all of a story up to *until* is beyond what they have read.

        That is a chapter's number and an offset in it. The first part is no exception: what others say of a story may
        tell more than its own words do.
        """
        return self.is_veiling and until >= self.reached.get(story, (0, 0))


List = Literal["reading", "later", "finished", "paused", "dropped"]
LISTS: tuple[List, ...] = get_args(List)


@dataclass(frozen=True, slots=True)
class Listed:
    """A story on a reader's list."""

    story: Entry
    since: int
    """When it last moved on the list, in seconds since 1970."""
    percent: int | None
    """How much of it was read at the furthest point; None where it was not begun."""


@dataclass(frozen=True, slots=True)
class Session:
    """A page that is read together, known by its message."""

    message: int
    holder: int
    """Who turns it for all."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A passage that a reader keeps."""

    id: int
    story: Entry
    chapter: Contents
    spot: Spot
    passage: str
    """The first words found there."""
    note: str
    made_at: int
    """Seconds since 1970."""
    percent: int
    """How much of the story is before it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader says that they wrote a story, and waits for an answer."""

    id: int
    story: Entry
    reader: int


FEWEST = 5
"""Readers who must have done a thing before it is told how many did: of fewer one might guess who."""


def told(readers: int) -> int | None:
    """How many readers did a thing, where that may be told; None for fewer than `FEWEST`, none at all among them."""
    return readers if readers >= FEWEST else None


def minutes(words: int) -> int:
    """How long *words* take to read, in whole minutes; at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def plain_emoji(emoji: str) -> str:
    """One spelling for an emoji however a client writes it: without the variation selector that only styles it."""
    return emoji.replace("\ufe0f", "")


@dataclass(frozen=True, slots=True)
class SavedQuote:
    """A quote that a reader keeps, and whether its words are still in the story."""

    drawn: Drawn
    saved_at: int
    """Seconds since 1970."""
    is_there: bool
