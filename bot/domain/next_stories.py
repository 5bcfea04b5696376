"""What to read after a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import StorySummary

NextReason = Literal["series", "author", "later", "alike", "loved", "length", "shorter", "longer"]
"""Why a story is offered, the best reason first."""

OFFERED = 3
"""Stories that are offered after one: what fits a phone's screen."""

_AS_LONG = 1.5
"""How many times as long as a story another of its length is, at most."""


@dataclass(frozen=True, slots=True)
class NextStory:
    """A story that a reader may go on with, and why."""

    story: StorySummary
    why: NextReason


def by_length(words: int, story: StorySummary) -> NextStory:
    """Offer a story for its length beside that of one of so many *words*."""
    if max(words, story.words) <= _AS_LONG * min(words, story.words):
        return NextStory(story, "length")
    return NextStory(story, "shorter" if story.words < words else "longer")


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """Which part of which series a story is."""

    series: str
    """Its name, in lower case."""
    number: int


_PART = re.compile(r"(?:part\s+)?#?(?P<number>\d{1,5})\s+(?:of|in)\s+(?P<series>.+)", re.I)
_NUMBERED = re.compile(r"(?P<series>.+?)[\s,]*(?:#|\bpart\s+|\bbook\s+|\[)(?P<number>\d{1,5})\]?", re.I)


def series_part(stated: str | None) -> SeriesPart | None:
    """Return what a file says of its series: ``Part 2 of The Tides`` (the Archive's words), ``The Tides #2``."""
    words = " ".join((stated or "").split())
    match = _PART.fullmatch(words) or _NUMBERED.fullmatch(words)
    return SeriesPart(match["series"].strip(" ,:-").casefold(), int(match["number"])) if match else None
