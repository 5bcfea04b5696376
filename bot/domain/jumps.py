"""Where a reader asks to go: ``12``, ``50%``, ``ch 4``, ``next scene``."""

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
    """Where to go: to a page of the chapter, a percentage of the story, a chapter, or the next scene."""

    kind: Literal["page", "percent", "chapter", "scene"]
    number: int = 0


def read_jump(typed: str) -> JumpTarget | None:
    """Return where the *typed* words lead, or None where they name no place."""
    words = " ".join(typed.lower().split())
    for kind, pattern in _PATTERNS:
        if words.isascii() and (match := re.fullmatch(pattern, words)):
            target = JumpTarget(kind, int(match["number"] or 0))
            return target if kind != "percent" or target.number <= 100 else None
    return None
