"""Versions of an uploaded story: each text and each set of details that it had, with who made it and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

KEPT_VERSIONS = 10
"""The versions of a story that are kept; the last is the one that readers see."""

Change = Literal["publish", "replace", "add-chapter", "edit", "put-back"]
"""What made a version."""

PUBLISHING: frozenset[Change] = frozenset(("publish", "add-chapter"))
"""The changes that bring out what readers did not have: a story, or a chapter of one."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story."""

    id: int
    story: int
    change: Change
    user: int | None
    """Who made it; None for a former member."""
    made_at: int
    """Seconds since 1970."""
    title: str
    words: int
    chapters: int
