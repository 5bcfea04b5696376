"""A moment as people type it: a day and a time of day on the clocks of a place, or a length of time from now."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.deadlines import LONGEST_SECONDS, exact_moment
from bot.domain.recurrence import EVERY_DAY, Schedule
from bot.domain.times import read_time
from bot.domain.zones import find_zone
from bot.errors import ReaderError

MOMENT_CHARS = 60
"""Characters that somebody may type."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to come."""

    at: int
    """Seconds since 1970."""
    zone: str | None = None
    """The time zone whose clocks were meant; None where none was needed."""


def read_moment(typed: str, now: float, zone: str | None = None) -> Moment:
    """Read ``Friday 18:00``, ``tomorrow at 6 pm Berlin``, ``24 Dec 18:00``, ``2026-12-24 18:00``, or ``in 3 days``.

    A time without a place is one of *zone*, and one without a day is the next such. Lengths, timestamps of Discord's
    and dates with an offset are read as `bot.domain.deadlines` reads them. Raises `ReaderError` for anything else,
    where the place is not known, and for a moment that has passed or is more than a year away.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    exact = None if _is_time(text) else exact_moment(text, now)
    moment = _by_clock(text, typed, now, zone) if exact is None else Moment(round(exact))
    if moment.at <= now:
        raise ReaderError("moment-past", typed=typed[:MOMENT_CHARS])
    if moment.at > now + LONGEST_SECONDS:
        raise ReaderError("moment-too-far", typed=typed[:MOMENT_CHARS])
    return moment


def _is_time(text: str) -> bool:
    """Whether *text* is nothing but a time of day: ``18h`` is one, and ``18 h`` a length."""
    parts = _split_time(text)
    return parts is not None and not parts[1] and not text.endswith(" h")


def _by_clock(text: str, typed: str, now: float, zone: str | None) -> Moment:
    day = _DAY.search(text)
    rest = f"{text[: day.start()]} {text[day.end() :]}" if day else text
    parts = _split_time(" ".join(word for word in rest.replace(",", " ").split() if word not in _LITTLE_WORDS))
    if parts is None:
        raise ReaderError("moment-unknown", typed=typed[:MOMENT_CHARS])
    clock, place = parts
    name = find_zone(place).name if place else zone
    if name is None:
        raise ReaderError("moment-without-zone", typed=typed[:MOMENT_CHARS])
    today = datetime.fromtimestamp(now, ZoneInfo(name)).date()
    schedule = Schedule(EVERY_DAY, clock, name)
    found = [run.at for each in _days(day, today) if (run := schedule.on(each)) is not None]
    if not found:
        raise ReaderError("moment-unknown", typed=typed[:MOMENT_CHARS])
    return Moment(next((at for at in found if at > now), found[-1]), name)


_LITTLE_WORDS = {"at", "in", "on", "next", "the", "this", "um"}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_WEEKDAY = "|".join(f"{name[:3]}(?:{name[3:-3]})?(?:day)?" for name in _WEEKDAYS)
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:[ ,]+(?P<{}>20\d\d)\b)?"
_DAY = re.compile(
    r"\b(?:(?P<iso>20\d\d-\d\d?-\d\d?)(?:t(?=\d)|\b)"
    r"|(?P<day>\d\d?)\. ?(?P<month>\d\d?)\.(?: ?(?P<year>20\d\d)\b)?"
    rf"|(?P<day2>\d\d?){_NTH}\.? (?:of )?(?P<month2>{_MONTH})\b\.?{_YEAR.format('year2')}"
    rf"|(?P<month3>{_MONTH})\b\.? (?P<day3>\d\d?){_NTH}\b(?![:.]\d){_YEAR.format('year3')}"
    rf"|(?P<near>today|tonight|tomorrow)\b|(?P<weekday>{_WEEKDAY})s?\b)"
)
"""A day: a date by numbers, with the day first where points part them, or by the name of its month; or a weekday."""


def _days(found: re.Match[str] | None, today: date) -> Iterator[date]:
    """Yield the days that may be meant, the soonest first; none for a date that no calendar has."""
    if found is None:
        yield from (today + timedelta(days=ahead) for ahead in range(3))  # a place may skip a day
    elif near := found["near"]:
        yield today + timedelta(days=near == "tomorrow")
    elif weekday := found["weekday"]:
        coming = [today + timedelta(days=ahead) for ahead in range(15)]
        yield from (day for day in coming if _WEEKDAYS[day.weekday()].startswith(weekday[:3]))
    else:
        year, month, day = _date_of(found)
        for each in (year,) if year else (today.year, today.year + 1):
            try:
                yield date(each, month, day)
            except ValueError:
                continue


def _date_of(found: re.Match[str]) -> tuple[int, int, int]:
    """The year (0: none), the month and the day of a date."""
    if iso := found["iso"]:
        year, month, day = map(int, iso.split("-"))
        return year, month, day
    if found["month"]:
        return int(found["year"] or 0), int(found["month"]), int(found["day"])
    month = (found["month2"] or found["month3"])[:3]
    number = next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(month))
    return int(found["year2"] or found["year3"] or 0), number, int(found["day2"] or found["day3"])


def _split_time(text: str) -> tuple[time, str] | None:
    """Return the time of day with which *text* begins, and what stands after it: a place. None where it has no time."""
    words = text.split()
    for count in range(min(len(words), 3), 0, -1):
        try:
            return read_time(" ".join(words[:count])), " ".join(words[count:])
        except ReaderError:
            continue
    return None
