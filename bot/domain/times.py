"""A time of day, and days of the week, as people type them."""

import re
import unicodedata
from datetime import time

from bot.domain.recurrence import EVERY_DAY
from bot.errors import ReaderError

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d\d)|\s?h)?\s?(?P<half>am|pm|a|p)?|(?P<digits>\d{3,4})\s?(?P<of>am|pm)?"
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def read_time(typed: str) -> time:
    """Read ``18:00``, ``6pm``, ``6:30 p.m.``, ``0600``, ``18h30`` or ``noon``. Raises `ReaderError`."""
    text = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    if text in _NAMED:
        return _NAMED[text]
    match = _TIME.fullmatch(re.sub(r"(?<=[ap])\.\s?m\.?$", "m", text))
    if match is None or not text.isascii():
        raise ReaderError("time-unknown", typed=typed[:40])
    if digits := match["digits"]:
        hour, minute, half = int(digits[:-2]), int(digits[-2:]), match["of"]
    else:
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ReaderError("time-unknown", typed=typed[:40])
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23 or minute > 59:
        raise ReaderError("time-unknown", typed=typed[:40])
    return time(hour, minute)


USUAL_DAYS = (
    "every day", "weekdays", "weekends", "mon wed fri", "tue thu", "tue thu sat", "mondays", "fridays", "sundays",
)  # fmt: skip
"""The days offered; any others can be typed."""

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "daily": EVERY_DAY, "day": EVERY_DAY, "days": EVERY_DAY, "everyday": EVERY_DAY,
    "weekday": frozenset(range(5)), "workday": frozenset(range(5)), "weekend": frozenset((5, 6)),
}  # fmt: skip
_LITTLE_WORDS = {"and", "every", "each", "on", "the"}
_DAY_WORD = re.compile(r"(?P<to>-|–|\bto\b)|(?P<word>[^\W\d_]+)")


def read_days(typed: str) -> frozenset[int]:
    """Read ``every day``, ``weekdays``, ``mon wed fri``, ``Tuesday to Saturday``; Monday is 0. Raises `ReaderError`."""
    days: set[int] = set()
    first: int | None = None
    is_range = False
    for match in _DAY_WORD.finditer(typed.casefold()):
        if match["to"]:
            is_range = True
            continue
        if match["word"] in _LITTLE_WORDS:
            continue
        found = _days_named(match["word"])
        if is_range and first is not None and len(found) == 1:
            [last] = found
            found = frozenset((first + i) % 7 for i in range((last - first) % 7 + 1))
        elif is_range or not found:
            raise ReaderError("days-unknown", typed=typed[:60])
        days |= found
        first = next(iter(found)) if len(found) == 1 and not is_range else None
        is_range = False
    if not days or is_range:
        raise ReaderError("days-unknown", typed=typed[:60])
    return frozenset(days)


def _days_named(word: str) -> frozenset[int]:
    """Return the days of a word: a group such as ``weekday``, or a day by two or more of its first letters."""
    if (group := _GROUPS.get(word) or _GROUPS.get(word.removesuffix("s"))) is not None:
        return group
    return frozenset(
        day
        for day, name in enumerate(_DAY_NAMES)
        for stem in (word, word.removesuffix("s"))
        if len(stem) > 1 and name.startswith(stem)
    )
