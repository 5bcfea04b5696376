"""Parse the ratings that authors write, and define which are for adults only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from bot.stories.metadata import value_of, values_of

Rating = Literal["general", "teen", "mature", "explicit", "not rated"]

_STRICTER: tuple[Rating, ...] = ("general", "teen", "not rated", "mature", "explicit")
GATED: tuple[Rating, ...] = ("mature", "explicit", "not rated")
"""Ratings of stories for adults only."""


def is_gated(rating: str | None, *, unrated: bool) -> bool:
    """Return whether only adults may see a story with *rating*; *unrated* decides for a story without one."""
    return unrated if rating is None else rating in GATED


# Archive of Our Own's words, FanFiction.Net's letters (K to MA) and film ratings.
_PATTERNS: tuple[tuple[Rating, str], ...] = (
    ("not rated", r"not[ -]?rated|unrated|no rating|none|n/?a"),
    (
        "explicit",
        r"explicit\w*|e|nc[ -]?17|x{1,3}|ao|smut|porn|r[ -]?18|18\+?|adults?( only)?|ma|p18\w*|fsk ?18|18 anos",
    ),
    (
        "mature",
        r"mature\w*|m|r|rated r|tv[ -]?ma|ma[ -]?15\+?|16\+?|17\+?|hard t\+?/m|t/m|t\+/m|p16\w*|fsk ?16|16 anos",
    ),
    ("teen", r"teens?\w*|t\+?|pg[ -]?1[0-5]|12\+?|13\+?|14\+?|15\+?|tv[ -]?14|k\+|p12\w*|fsk ?12|1[024] anos"),
    (
        "general",
        r"general\w*|g|k|pg|all ages|everyone|family|u|suitable for all\w*|tou[ts] publics?|atp|para todos?|p6\w*"
        r"|fsk ?[06]|livre",
    ),
)
_IN_NOTE = re.compile(
    r"\brat(?:ed|ing)\b(?:\s*(?:is|:|-|–|as|it|an?|this))*\s*(?P<rating>NC[ -]?17|MA|M|E|R|mature|explicit)\b",
    re.I,
)
_WARNED = re.compile(r"\bexplicit\b|\bNSFW\b|\bsmut\b|\blemons?\b|\b18\+|\bPWP\b", re.I)

_FOR_ADULTS = re.compile(
    r"\bNSFW\b|(?<![\w.])(?:18|21)\s?\+(?!\s*(?:\d|chapters|hours|pages|words|years? later))|\bR-?18\b"
    r"|\b(?:adults?|mature (?:readers?|audiences?)|over 18s?|18 and (?:over|up|above)|18 or (?:over|older)) only\b"
    r"|\bfor (?:adults|mature (?:readers|audiences))\b|\b(?:must|have to|should) be (?:over )?(?:18|eighteen)\b"
    r"|\bminors?,? (?:please )?(?:DNI|do not (?:interact|read)|don['’]t (?:interact|read)|stay (?:away|out)|keep out)\b"
    r"|\bexplicit (?:content|scenes?|sex\w*|material|themes)\b|\b(?:no|not for) minors\b",
    re.I,
)
"""Phrases in notes that authors use instead of a rating for adults."""

_DENIED = re.compile(r"(?:\b(?:not?|never|nothing|without|isn['’]t|non)\b|\bnon-)[\s\w-]{0,12}$", re.I)


def _is_for_adults(note: str) -> bool:
    return any(
        match[0].lower().startswith("no") or not _DENIED.search(note[max(0, match.start() - 24) : match.start()])
        for match in _FOR_ADULTS.finditer(note)
    )


def read_rating(metadata: Mapping[str, str], notes: Iterable[str]) -> Rating | None:
    """Return the rating in a story's labels, else in its *notes*, else by its warnings and tags; None if there is none.

    Of several labels the strictest counts. An unknown rating counts as mature: showing an adult story to a child is
    worse than hiding a harmless one from an adult.
    """
    if stated := values_of(metadata, "rating"):
        return max(map(_parse, stated), key=_STRICTER.index)
    for note in notes:
        if match := _IN_NOTE.search(note):
            return _parse(match["rating"])
        if _is_for_adults(note):
            return "mature"
    if any(_WARNED.search(value_of(metadata, field) or "") for field in ("warnings", "tags")):
        return "mature"
    return None


_RISES_TO = re.compile(r"\b(?:M|MA|NC[ -]?17|R)\b")


def _parse(value: str) -> Rating:
    stated = _stated(value)
    return "mature" if stated not in GATED and _RISES_TO.search(value) else stated


def _stated(value: str) -> Rating:
    value = value.strip().lower().removeprefix("rated ").removeprefix("fiction ").strip()
    first = re.split(r"[\s,;.(–—:]", value, maxsplit=1)[0]
    for find, text in ((re.fullmatch, value), (re.fullmatch, first), (re.search, value)):
        for rating, pattern in _PATTERNS:
            if find(rf"\b(?:{pattern})(?!\w)", text):
                return rating
    return "mature"
