"""Deadlines as people type them: a length of time from now, or a date with its time zone."""

import re
from datetime import datetime

from bot.errors import ReaderError

SHORTEST_SECONDS = 60
LONGEST_SECONDS = 366 * 24 * 60 * 60

_SECONDS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 60 * 60),
    **dict.fromkeys(("d", "day", "days"), 24 * 60 * 60),
    **dict.fromkeys(("w", "week", "weeks"), 7 * 24 * 60 * 60),
}
_UNIT = "|".join(sorted(_SECONDS, key=len, reverse=True))
_PART = rf"(?:(\d{{1,6}}(?:[.,]\d{{1,3}})?)\s*|(?:an?\s+))({_UNIT})(?![a-z])"
_LENGTH = re.compile(rf"(?:in\s+)?{_PART}(?:(?:\s*,)?\s*(?:and\s+)?{_PART})*")
_PARTS = re.compile(_PART)
_TIMESTAMP = re.compile(r"<t:(\d{1,12})(?::[a-zA-Z])?>")
_UTC = re.compile(r"(?:utc|z)$")
_BEFORE_ZONE = re.compile(r" +(?=[+-]\d\d)")
_NEVER = frozenset({"never", "no", "none"})


def read_deadline(typed: str, now: float) -> int | None:
    """Return the moment that was *typed*, in seconds since 1970; None for "never".

    It is a length (``90 min``, ``1 day 12 h``, ``in a week``), one of Discord's own timestamps (``<t:1790000000>``), or
    a date and time with a zone (``2026-12-01 18:00+01:00``). Raises `ReaderError` for anything else, and for a moment
    sooner than a minute or later than a year from *now*.
    """
    text = " ".join(typed.lower().split())
    if text in _NEVER:
        return None
    at = exact_moment(text, now)
    if at is None:
        if _date(text) is not None:
            raise ReaderError("deadline-without-zone")
        raise ReaderError("not-a-deadline", typed=typed[:40])
    if not now + SHORTEST_SECONDS <= at <= now + LONGEST_SECONDS:
        raise ReaderError("deadline-out-of-reach")
    return round(at)


def exact_moment(text: str, now: float) -> float | None:
    """Return the moment that lower-case *text* names without a place, as `read_deadline` reads it; None for none."""
    if match := _TIMESTAMP.fullmatch(text):
        return int(match[1])
    if _LENGTH.fullmatch(text):
        parts = _PARTS.findall(text)
        return now + sum(float((number or "1").replace(",", ".")) * _SECONDS[unit] for number, unit in parts)
    moment = _date(text)
    return moment.timestamp() if moment is not None and moment.tzinfo is not None else None


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(_BEFORE_ZONE.sub("", _UTC.sub("+00:00", text)))
    except ValueError:
        return None
