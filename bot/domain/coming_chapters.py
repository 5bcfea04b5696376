"""Coming chapters: chapters that an author added, and that come out later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.stories.model import Chapter

ComingFault = Literal["rights", "shelf", "limit", "file"]
"""Why a chapter did not come out when it was due: whoever added it may not any more, the story is off its shelf, there
is no room for it, or the story cannot be read with it."""

COMING_AT_MOST = 25
"""The most chapters of one story that wait: as many as a select offers."""

HELD_SECONDS = 30 * 24 * 60 * 60
"""The seconds that a chapter is kept that did not come out."""

LEASE_SECONDS = 300
"""Seconds that one process has for publishing a chapter; then any process may try."""

NAME_CHARS = 80
"""Characters of what a chapter is called until it is out."""


@dataclass(frozen=True, slots=True)
class ComingChapter:
    """A chapter that waits for its time, or that was held back when it came."""

    id: int
    """The id of its draft, which has the text."""
    story: int
    guild: int
    user: int
    """Who added it."""
    name: str
    """Its title, or its opening words."""
    time: str
    """When it comes out, as it was typed."""
    comes_at: int
    """Seconds since 1970."""
    fault: ComingFault | None = None
    """Why it did not come out; None where it still waits."""
    tries: int = 0
    """How many times it was begun to be published."""


def name_of(chapter: Chapter) -> str:
    """Return what a chapter is called until it is out: its number may be another by then."""
    name = chapter.name.title or chapter.name.label or " ".join(chapter.prose[: 4 * NAME_CHARS].split())
    return name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1]}…"
