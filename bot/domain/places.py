"""Places: where a reader is in a story, how far they have been, where they ask to go; and a page that several read."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.stories.lengths import percent_behind
from bot.stories.model import ChapterSummary, Spot, StorySummary


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is in a story."""

    story: int
    spot: Spot
    finished: bool
    furthest: Spot
    is_behind: bool
    """Whether they have been further than their place."""
    moved_at: int
    """Seconds since 1970."""


AWAY_SECONDS = 7 * 24 * 60 * 60
"""Seconds of absence after which a page reminds a reader of where they stopped."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a page shows a reader who comes back to it."""

    since: int
    """When they stopped, in seconds since 1970."""
    words: str | None = None
    """The last words that they read, after `AWAY_SECONDS`."""


FIRST_PART = 33
"""The percentage of a story that is no spoiler to anyone."""

SHORT_WORDS = 1000
"""A story of at most so many words has no part that is a spoiler."""


def is_spoiler(story: StorySummary, words_before: int) -> bool:
    """Return whether a page may spoil a story for who has not begun it: it is beyond the first part of a longer one."""
    return story.words > SHORT_WORDS and percent_behind(words_before, story.words) > FIRST_PART


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has been in some stories; what is beyond may be a spoiler."""

    reached: Mapping[int, tuple[int, int]]
    """By story id: the position of the furthest chapter, and the offset in it where the furthest page ends."""
    is_veiling: bool = True

    def has_begun(self, story: int) -> bool:
        """Return whether they have read any of a story; unknown, and so no, of one from whom nothing is hidden."""
        return story in self.reached

    def hides(self, story: StorySummary, chapter: ChapterSummary, spot: Spot, percent: int) -> bool:
        """Return whether *spot* is beyond what they have read and beyond the first part of the story."""
        beyond = self.is_beyond(story.id, (chapter.position, spot.offset))
        return percent > FIRST_PART and story.words > SHORT_WORDS and beyond

    def is_beyond(self, story: int, until: tuple[int, int]) -> bool:
        """Return whether words about a story up to *until* (a chapter's position, an offset) go beyond what they read.

        The first part is no exception here: a review may tell more than the story's own words do.
        """
        return self.is_veiling and until >= self.reached.get(story, (0, 0))


JumpKind = Literal["page", "percent", "chapter", "scene", "start", "end"]

_PATTERNS: tuple[tuple[JumpKind, str], ...] = (
    ("percent", r"(?P<number>\d{1,7}) ?(?:%|percent|per cent)"),
    ("percent", r"(?P<part>\d)/(?P<of>[1-9])"),
    ("chapter", r"(?:chapter|chap|ch)\.? ?(?P<number>\d{1,7})"),
    ("page", r"(?:(?:page|p)\.? ?)?(?P<number>\d{1,7})"),
    ("scene", r"(?:the )?(?:next )?scene"),
    ("start", r"(?:the )?(?:start|beginning|first(?: page)?)"),
    ("end", r"(?:the )?(?:end|last(?: page)?)"),
)


@dataclass(frozen=True, slots=True)
class JumpTarget:
    """Where to go: to a page of the chapter, a percentage of the story, a chapter, the next scene, or an end."""

    kind: JumpKind
    number: int = 0
    """A percentage is 100 at most; a page or a chapter may be beyond the last."""


def read_jump(typed: str) -> JumpTarget | None:
    """Return where the *typed* words lead, or None where they name no place."""
    words = " ".join(unicodedata.normalize("NFKC", typed).replace("\u2044", "/").lower().split())  # ½ is 1⁄2 now
    for kind, pattern in _PATTERNS:
        if words.isascii() and (match := re.fullmatch(pattern, words)):
            found = match.groupdict()
            number = 100 * int(found["part"]) // int(found["of"]) if "part" in found else int(found.get("number") or 0)
            return JumpTarget(kind, min(number, 100) if kind == "percent" else number)
    return None


@dataclass(frozen=True, slots=True)
class SharedReading:
    """A page that several readers read together; its message identifies it."""

    message: int
    turner: int
    """The id of the reader who turns the page for all."""
