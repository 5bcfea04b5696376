"""Where a reader asks to go: ``12``, ``50%``, ``ch 4``, ``next scene``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_PATTERNS: tuple[tuple[Literal["page", "percent", "chapter", "scene"], str], ...] = (
    ("percent", r"(?P<number>\d{1,3}) ?(?:%|percent|per cent)"),
    ("chapter", r"(?:chapter|chap|ch)\.? ?(?P<number>\d{1,7})"),
    ("page", r"(?:(?:page|p)\.? ?)?(?P<number>\d{1,7})"),
    ("scene", r"(?:the )?(?:next )?scene(?P<number>)"),
)


@dataclass(frozen=True, slots=True)
class JumpTarget:
    """A place asked for: page *number* of the chapter, so many percent of the story, a chapter, or the next scene."""

    kind: Literal["page", "percent", "chapter", "scene"]
    number: int = 0


def read_jump(typed: str) -> JumpTarget | None:
    """What was *typed*, or None where it is no place."""
    words = " ".join(typed.lower().split())
    for kind, pattern in _PATTERNS:
        if words.isascii() and (match := re.fullmatch(pattern, words)):
            asked = JumpTarget(kind, int(match["number"] or 0))
            return asked if kind != "percent" or asked.number <= 100 else None
    return None
