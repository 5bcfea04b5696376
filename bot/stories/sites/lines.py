"""Take away the lines that sites put round a story: buttons, counts and forms, by the patterns of ``lines.toml``.

Only the first and the last lines of a file are searched, up to the first that is surely the story's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from bot.stories.emphasis import plain
from bot.stories.sections.blocks import is_rule
from bot.stories.sections.lines import has_speech
from bot.stories.sites.page import Item, Line

SITES: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("bot.stories.sites").joinpath("lines.toml").read_text("utf-8")
)
"""Patterns by site; the keys ``story`` and ``site`` have examples for tests."""

_ENDS = 10  # lines at each end, besides the site's, that are searched
_STORY_WORDS = 60  # maximum words of a site's line; a longer one is the story's, and the site's lines end there
_LINE_CHARS = 300  # maximum characters of a line of a site


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_in_small_letters(each)})" for table in SITES.values() for each in table["gone"]))


def is_of_site(line: str) -> bool:
    """Return whether nobody wrote *line* for a story."""
    line = plain(line).strip()
    return len(line) <= _LINE_CHARS and _pattern().fullmatch(line.lower()) is not None


def without_site_lines(items: Sequence[Item]) -> list[Item]:
    """Return *items* without the lines of sites at both ends; all of them if no words would stay."""
    lines = [item for item in items if isinstance(item, Line)]
    gone = {id(line) for end in (lines, lines[::-1]) for line in _found(end)}
    is_story = any(id(line) not in gone and not is_rule(line.text) for line in lines)
    return [item for item in items if id(item) not in gone] if is_story else list(items)


def _found(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of sites among the first of *lines*, up to the first that is surely the story's."""
    others = 0
    for line in lines:
        if others == _ENDS or line.words > _STORY_WORDS or has_speech(line.text):
            return
        if is_of_site(line.text):
            yield line
        else:
            others += 1


def _in_small_letters(pattern: str) -> str:
    """Return *pattern* with its letters in lower case, but not those of escapes such as ``\\W``."""
    return re.sub(r"\\.|[A-Z]", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), pattern)
