"""Where a reader asks to go: ``12``, ``50%``, ``½``, ``ch 4``, ``next scene``, ``end``."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

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
