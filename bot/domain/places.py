"""Places: a reader's position in a story, their furthest point, jump targets, and pages read together."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.stories.lengths import percent_behind
from bot.stories.model import ChapterSummary, Spot, StorySummary


@dataclass(frozen=True, slots=True)
class Place:
    """A reader's position in a story."""

    story: int
    spot: Spot
    finished: bool
    furthest: Spot
    is_behind: bool
    """Whether the furthest point is beyond the place."""
    moved_at: int
    """Seconds since 1970."""


AWAY_SECONDS = 7 * 24 * 60 * 60
"""Seconds of absence after which a page reminds the reader of their last words."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """Reminder on the page of a returning reader."""

    since: int
    """Time at which they stopped, in seconds since 1970."""
    words: str | None = None
    """The last words that they read, if they were away for `AWAY_SECONDS`."""


FIRST_PART = 33
"""Percentage of a story that is a spoiler to nobody."""

SHORT_WORDS = 1000
"""Maximum length of a story without any spoilers, in words."""


def is_spoiler(story: StorySummary, words_before: int) -> bool:
    """Return whether a page may spoil a story for new readers: it is beyond the first part of a longer story."""
    return story.words > SHORT_WORDS and percent_behind(words_before, story.words) > FIRST_PART


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has read in some stories; anything beyond may be a spoiler."""

    reached: Mapping[int, tuple[int, int]]
    """By story id: the position of the furthest chapter, and the offset in it at the end of the furthest page."""
    is_veiling: bool = True

    def has_begun(self, story: int) -> bool:
        """Return whether the reader has begun a story; always false for a reader without veiling."""
        return story in self.reached

    def hides(self, story: StorySummary, chapter: ChapterSummary, spot: Spot, percent: int) -> bool:
        """Return whether *spot* is both unread and beyond the first part of the story."""
        beyond = self.is_beyond(story.id, (chapter.position, spot.offset))
        return percent > FIRST_PART and story.words > SHORT_WORDS and beyond

    def is_beyond(self, story: int, until: tuple[int, int]) -> bool:
        """Return whether words about a story up to *until* (a chapter's position, an offset) go beyond the read part.

        The first part is no exception here, since a review may reveal more than the story's own words do.
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
    """Target of a jump: a page of the chapter, a percentage, a chapter, the next scene, the start or the end."""

    kind: JumpKind
    number: int = 0
    """A percentage is at most 100; a page or a chapter may be beyond the last."""


def read_jump(typed: str) -> JumpTarget | None:
    """Return the target that a reader *typed*; None if the words name no target."""
    words = " ".join(unicodedata.normalize("NFKC", typed).replace("\u2044", "/").lower().split())  # ½ becomes 1⁄2
    for kind, pattern in _PATTERNS:
        if words.isascii() and (match := re.fullmatch(pattern, words)):
            found = match.groupdict()
            number = 100 * int(found["part"]) // int(found["of"]) if "part" in found else int(found.get("number") or 0)
            return JumpTarget(kind, min(number, 100) if kind == "percent" else number)
    return None


@dataclass(frozen=True, slots=True)
class SharedReading:
    """A page that several readers read together, identified by its message."""

    message: int
    turner: int
    """Id of the reader who turns the page for everyone."""
