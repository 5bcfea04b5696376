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
    """Whether the furthest point is beyond the present position."""
    moved_at: int
    """Seconds since 1970."""


AWAY_SECONDS = 7 * 24 * 60 * 60
"""Seconds of absence after which a page reminds the reader of the last words that they read."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """Reminder on the page of a returning reader."""

    since: int
    """Time at which the reader stopped, in seconds since 1970."""
    words: str | None = None
    """The last words that the reader read; None unless they were away for `AWAY_SECONDS`."""


FIRST_PART = 33
"""Percentage of a story, from its beginning, that counts as no spoiler (the *first part*)."""

SHORT_WORDS = 1000
"""Maximum length of a story without any spoilers, in words."""


def is_spoiler(story: StorySummary, words_before: int) -> bool:
    """Return whether a page after *words_before* words may be a spoiler: beyond the first part of a longer *story*."""
    return story.words > SHORT_WORDS and percent_behind(words_before, story.words) > FIRST_PART


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far a reader has read in some stories; anything beyond may be a spoiler."""

    reached: Mapping[int, tuple[int, int]]
    """By story id: the position of the chapter with the furthest page, and the offset in it at the end of that page."""
    is_veiling: bool = True
    """Whether the reader wants spoilers veiled; if not, *reached* is empty."""

    def has_begun(self, story: int) -> bool:
        """Return whether the reader has begun a story; always false if the reader wants no veiling."""
        return story in self.reached

    def hides(self, story: StorySummary, chapter: ChapterSummary, spot: Spot, percent: int) -> bool:
        """Return whether to veil *spot*: it is unread, and beyond the first part of a longer story."""
        beyond = self.is_beyond(story.id, (chapter.position, spot.offset))
        return percent > FIRST_PART and story.words > SHORT_WORDS and beyond

    def is_beyond(self, story: int, until: tuple[int, int]) -> bool:
        """Return whether to veil a text that may reveal the story up to *until* (a chapter's position, an offset).

        The story's first part is no exception, since a review may reveal more than the story's own words do.
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
    """The page, the percentage (at most 100) or the chapter; a page or chapter may be beyond the last one."""


def read_jump(typed: str) -> JumpTarget | None:
    """Parse the target that a reader *typed*; return None if the words name no target."""
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
    """Id of the reader who turns the pages for everyone."""
