"""Recognise how a letter or a diary begins: a date, or a salutation."""

from __future__ import annotations

import re
from functools import cache

from bot.stories.folding import fold
from bot.stories.vocabulary import VOCABULARIES

_DATE = re.compile(
    r"(?i)(?=.*\d)(?:\w+,? )?(?:\d{1,4}(?:st|nd|rd|th|er|º|\.)?[ ./-])?(?:de |d'|of )?(?:[^\W\d_]+\.?|\d{1,2})"
    r"[ ./-]{0,2}(?:de )?\d{0,4}(?:st|nd|rd|th)?,?(?: ?\d{2,4})?\.?"
)
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE_DATES = frozenset(
    ["st", "nd", "rd", "th", "er", "de", "d", "of", "the", "uhr", "h", "den", "le", "el", "il", "am", "г", "года"]
)
_PLACE_WORDS = 3  # maximum words of the place before a date


def is_date(text: str) -> bool:
    """Return whether *text* is a date or the name of a day: ``3rd October``, ``Segunda``, ``12.03.2019``."""
    if text.isdecimal():
        return False
    place, comma, dated = text.partition(", ")
    if comma and dated[:1] and not any(map(str.isdigit, place)) and len(place.split()) <= _PLACE_WORDS:
        text = dated
    if not _DATE.fullmatch(text):
        word = text.lower().strip(":.,")
        return _WORD.fullmatch(word) is not None and fold(word) == word and _days().fullmatch(word) is not None
    words = map(fold, _WORD.findall(text))
    return all(word in _BESIDE_DATES or _months().match(word) for word in words) or not text[0].isascii()


@cache
def _days() -> re.Pattern[str]:
    return re.compile("|".join(word for v in VOCABULARIES.values() for word in v.naming.get("days", ())))


@cache
def _months() -> re.Pattern[str]:
    """Return a pattern for the first letters of the name of a month or a day."""
    names = {fold(word)[:3] for v in VOCABULARIES.values() for word in v.naming.get("days", ())}
    return re.compile("|".join(map(re.escape, sorted(names))))


def is_salutation(text: str) -> bool:
    """Return whether *text* begins like a letter."""
    return _salutation().match(text) is not None


@cache
def _salutation() -> re.Pattern[str]:
    phrases = (
        rf"(?:my )?(?:{phrase})" + (r"\b" if vocabulary.has_spaces else "")
        for vocabulary in VOCABULARIES.values()
        for phrase in vocabulary.salutations
    )
    return re.compile("|".join(phrases), re.I)
