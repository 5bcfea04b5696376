"""What a line of a site is for: its role, by the patterns of ``lines.toml``.

The role of a line follows from the line and from the sites that are seen in the file, and from nothing else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from bot.stories.emphasis import plain
from bot.stories.sections.labels import read_label
from bot.stories.sites.furniture import furniture_of
from bot.stories.vocabulary import in_small_letters

Kind = Literal[
    "title", "author", "owner", "byline", "details", "below_title", "tags", "note", "note_below", "signature",
    "posted", "foot", "gone", "beside",
]  # fmt: skip
"""The kinds of lines on a site, explained in ``lines.toml``; if two kinds of a site match a line, the first counts."""

_KINDS: tuple[Kind, ...] = get_args(Kind)
_ONLY_SEEN: frozenset[Kind] = frozenset({"byline", "beside"})
"""Kinds of lines that count only in a file in which another line of their site is seen."""

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
def _patterns(*, only_seen: bool) -> list[tuple[str, Kind, re.Pattern[str]]]:
    return [
        (site, kind, re.compile(pattern, re.I))
        for site, table in SITES.items()
        for kind in _KINDS
        if (kind in _ONLY_SEEN) == only_seen
        for pattern in table.get(kind, ())
    ]


@cache
def _any_sure() -> re.Pattern[str]:
    """Return one pattern, for lines in lower case, of all that need no other line: most lines fail this fast check."""
    patterns = (re.sub(r"\?P<\w+>", "?:", pattern.pattern) for _, _, pattern in _patterns(only_seen=False))
    return re.compile("|".join(map(in_small_letters, patterns)))


def role_of(line: str, seen: Sequence[str] = ()) -> Role | None:
    """Return the role of *line* in a file in which the sites *seen* have other lines, or None."""
    line = plain(line).strip()
    if not line or len(line) > (_SENTENCE_CHARS if line[-1] in '.?"”' and line[0] not in "[(" else _LINE_CHARS):
        return None
    return next(_roles(line, seen), None)


def _roles(line: str, seen: Sequence[str]) -> Iterator[Role]:
    if _any_sure().fullmatch(line.lower()):
        for site, kind, pattern in _patterns(only_seen=False):
            if match := pattern.fullmatch(line):
                yield Role(site, kind, _groups(match))
    for site, kind, pattern in _patterns(only_seen=True) if seen else ():
        if site in seen and (match := pattern.fullmatch(line)):
            yield Role(site, kind, _groups(match))
    found = furniture_of(line) if read_label(line) is None else None
    if found == "sure" or (found and ANY_SITE in seen):
        yield Role(ANY_SITE, "gone" if found == "sure" else "beside", {})


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {name: value.strip() for name, value in match.groupdict().items() if value}
