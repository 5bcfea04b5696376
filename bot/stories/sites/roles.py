"""What a line of a site is for: its role, by the patterns of ``lines.toml``.

The role of a line follows from the line and from the sites that are seen in the file, and from nothing else.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from bot.stories.emphasis import plain
from bot.stories.sections.labels import read_label
from bot.stories.sites.furniture import furniture_of, is_offer
from bot.stories.vocabulary import in_small_letters

Kind = Literal[
    "title", "author", "below_author", "details", "tags", "note", "note_below", "signature", "foot", "gone", "beside"
]
"""The kinds of lines on a site, explained in ``lines.toml``; if two kinds of a site match a line, the first counts."""

SITES: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("bot.stories.sites").joinpath("lines.toml").read_text("utf-8")
)
"""Patterns by site and kind; the keys ``story`` and ``site`` have examples for tests."""

ANY_SITE = "any"
"""The site of a line that several sites have: a row of buttons."""

_SENTENCE_CHARS = 140  # maximum characters of a site's line if it ends like a sentence
_LINE_CHARS = 300  # maximum characters of a line of a site


@dataclass(frozen=True, slots=True)
class Role:
    """What a line is for on a site."""

    site: str
    kind: Kind
    groups: dict[str, str]
    """What the line says, by the names of the pattern's groups."""


@cache
def _patterns(*, beside: bool) -> list[tuple[str, Kind, re.Pattern[str]]]:
    """Return the patterns of lines that count only *beside* others of their site, or of those that count alone."""
    return [
        (site, kind, re.compile(pattern, re.I))
        for site, table in SITES.items()
        for kind in get_args(Kind)
        if (kind == "beside") == beside
        for pattern in table.get(kind, ())
    ]


@cache
def _any_sure() -> re.Pattern[str]:
    """Return one pattern, for lines in lower case, of all that need no other line: most lines fail this fast check."""
    patterns = (re.sub(r"\?P<\w+>", "?:", pattern.pattern) for _, _, pattern in _patterns(beside=False))
    return re.compile("|".join(map(in_small_letters, patterns)))


@lru_cache(maxsize=1024)
def role_of(line: str, seen: tuple[str, ...] = ()) -> Role | None:
    """Return the role of *line* in a file in which the sites *seen* have other lines, or None."""
    line = plain(line).strip()
    if not line or len(line) > (_SENTENCE_CHARS if line[-1] in '.?"”' and line[0] not in "[(" else _LINE_CHARS):
        return None
    if is_offer(line):
        return Role(ANY_SITE, "foot", {})
    sure = _patterns(beside=False) if _any_sure().fullmatch(line.lower()) else []
    for site, kind, pattern in [*sure, *(each for each in _patterns(beside=True) if each[0] in seen)]:
        if match := pattern.fullmatch(line):
            groups = match.groupdict()
            return Role(site, kind, {name: value.strip() for name, value in groups.items() if value})
    found = furniture_of(line) if read_label(line) is None else None
    if found == "sure" or (found and ANY_SITE in seen):
        return Role(ANY_SITE, "gone" if found == "sure" else "beside", {})
    return None
