"""The title and the byline over a story."""

from __future__ import annotations

import re

from bot.stories.sections.blocks import is_rule
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label
from bot.stories.sections.lines import (
    LONGEST_HEADING,
    TITLE_CHARS,
    ends_openly,
    is_framed,
    mostly_capitalised,
    read_end_mark,
    undecorated,
)

_BYLINE = re.compile(r"(?:written\s+)?(?:by|par|por|von|di)\s*:?\s+(?P<name>\S.{0,59})", re.I)


def read_byline(line: str) -> str | None:
    """Return the name in ``by NAME``, which only counts under a title."""
    match = _BYLINE.fullmatch(undecorated(line)) if len(line) <= LONGEST_HEADING else None
    return match["name"].strip(" *_") if match and not re.search(r"[.!?,;]$", match["name"]) else None


_QUOTED = re.compile(r"[\"“«„].*[\"”»“]|'.*'|‘.*’|「.*」|『.*』")
_SALUTATION = re.compile(r"(?i)(?:my )?(?:dear(?:est)?|cher|chère|querid[oa]|liebe[r]?)\b")


def read_title(line: str, *, has_byline: bool) -> str | None:
    """Return the title that a first line by itself is, or None where it may be prose."""
    title = undecorated(line)
    if not title or len(title) > TITLE_CHARS or is_rule(line) or read_label(line) or read_chapter(line):
        return None
    if not ends_openly(line.strip()) or _SALUTATION.match(title) or read_end_mark(line):
        return None
    if _QUOTED.fullmatch(title):  # without a byline, somebody speaks
        return title[1:-1].strip() or None if has_byline and not re.search(r"[\"“”]", title[1:-1]) else None
    if title[0] == "《" and title[-1] == "》":
        return title[1:-1].strip() or None
    is_east_asian = len(title) <= 20 and title.isalpha() and title[0] >= "\u3040" and title.lower() == title.upper()
    looks_titled = title.isupper() or is_framed(line) or mostly_capitalised(title) or is_east_asian
    return title if has_byline or looks_titled else None


_BY = re.compile(r"(?P<title>\S.*\S)\s+by:?\s+(?P<name>\S.*)", re.I)
_NAME = re.compile(r"[^\W\d_a-z]\S*(?:\s+(?:de|van|von|of|the|[^\W\d_a-z]\S*)){0,2}\s+[^\W\d_a-z]\S*")
_PEN_NAME = re.compile(r"(?=\S*[\d_.]|\S*[a-z]\S*[A-Z])[\w.-]+")


def read_title_and_byline(line: str) -> tuple[str, str] | None:
    """Return title and author of ``Half a Bridge by Tamsin Oake``; None for a title such as ``Death by Chocolate``."""
    match = _BY.fullmatch(undecorated(line)) if len(line) <= 2 * TITLE_CHARS else None
    if match is None or read_byline(f"by {match['name']}") is None:
        return None
    name, title = match["name"].strip(" *_"), match["title"]
    is_sure = bool(_QUOTED.fullmatch(title)) or re.match(r"[*_]{1,3}[^*_]+[*_]{1,3}\s", line.strip()) is not None
    if not is_sure and not _NAME.fullmatch(name) and not _PEN_NAME.fullmatch(name):
        return None
    found = read_title(title, has_byline=is_sure)
    return (found, name) if found is not None else None
