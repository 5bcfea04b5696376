"""What to read after a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.stories.model import StorySummary

NextReason = Literal["series", "author", "later", "alike"]


@dataclass(frozen=True, slots=True)
class NextStory:
    """A story that a reader may go on with, and why."""

    story: StorySummary
    why: NextReason


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
