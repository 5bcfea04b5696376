"""Recognise dedications: ``For Nan, who kept the lamp.``"""

from __future__ import annotations

import re
from functools import cache

from bot.stories.sections.naming_words import naming_pattern

_LONGEST = 110  # maximum characters of a dedication
_NAME = r"(?-i:[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*|[a-z]\.)"
_AND = r"(?:,| (?:and|y|e|et|und|i|и|dan|&)) "


def is_dedicated(line: str) -> bool:
    """Return whether *line* is only a dedication; a sign in capitals (``FOR SALE``) is not."""
    line = line.strip("*_~()[] ")
    return not line.isupper() and len(line) <= _LONGEST and _dedication_pattern().fullmatch(line) is not None


@cache
def _dedication_pattern() -> re.Pattern[str]:
    before, whose, dedicated, relations, always = map(
        naming_pattern, ("dedicating", "whose", "dedicated", "relations", "always")
    )
    name = rf"{_NAME}(?: {_NAME}){{0,2}}"
    names = rf"{name}(?:{_AND}(?:{_NAME} ?){{1,2}}){{1,4}}"
    known = rf"(?:{whose}) {name}|(?:{whose})(?: [\w'’-]+){{0,3}}?"
    more = rf"(?:,? (?:{relations})\b[^,.!?:;\"“”«»]{{2,80}}(?:, [\w'’-]+(?: [\w'’-]+)?)?|, (?:{always}))"
    return re.compile(
        rf"(?:{before}) (?:(?:{names}|{known}){more}?|{name}(?:{more}|\s?[♥❤]|\s?<3))\s?[.!♥❤<3]*"
        rf"|(?:{dedicated}),? [^,.!?:;]{{2,40}}(?:,? (?:{relations})\b[^,.!?:;]{{2,60}})?[.!]?",
        re.I,
    )
