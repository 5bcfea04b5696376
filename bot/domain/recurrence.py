"""Recurrence: the runs of a schedule, on some days of the week at a local time.

The clocks of a place skip hours, repeat hours, and now and then skip a whole day. A run is identified by its local
date, so there is at most one for each date, whatever the clocks do.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_SECONDS = 24 * 60 * 60
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a schedule."""

    day: date
    """Its local date, which identifies it."""
    at: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Some days of the week, and a time of day in a time zone."""

    days: frozenset[int]
    """At least one; Monday is 0."""
    time: time
    zone: str
    """A name of the IANA time zone database."""

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("a schedule without a day never comes")

    def on(self, day: date) -> Run | None:
        """Return the run of *day*; None for a day that is not in the schedule, or a date that the place skipped.

        For a time that the clocks skip it is the first instant after the gap, for one that they repeat the first.
        """
        zone = ZoneInfo(self.zone)
        if day.weekday() not in self.days or not _exists(day, zone):
            return None
        return Run(day, _instant(datetime.combine(day, self.time), zone))

    def after(self, day: date) -> Run:
        """Return the first run on a date after *day*."""
        return next(self._from(day + _ONE_DAY, _ONE_DAY))

    def latest(self, instant: float) -> Run:
        """Return the last run at or before *instant*, in seconds since 1970."""
        today = datetime.fromtimestamp(instant, ZoneInfo(self.zone)).date()
        return next(run for run in self._from(today + _ONE_DAY, -_ONE_DAY) if run.at <= instant)

    def _from(self, day: date, step: timedelta) -> Iterator[Run]:
        while True:
            if run := self.on(day):
                yield run
            day += step


_ONE_DAY = timedelta(days=1)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the clocks of *zone* ever showed *day*: they skip a whole one where the date line is moved."""
    return _local(_instant(datetime.combine(day, time.min), zone), zone).date() == day


def _instant(wanted: datetime, zone: ZoneInfo) -> int:
    """The first instant at which the clocks of *zone* show *wanted*, or have jumped over it."""
    by_rules_before = int(wanted.replace(tzinfo=zone, fold=0).astimezone(UTC).timestamp())
    if _local(by_rules_before, zone) == wanted:
        return by_rules_before
    by_rules_after = int(wanted.replace(tzinfo=zone, fold=1).astimezone(UTC).timestamp())
    around = range(by_rules_after, by_rules_before + 1)  # within these seconds the clocks jump over it
    return around[bisect_left(around, True, key=lambda instant: _local(instant, zone) >= wanted)]


def _local(instant: int, zone: ZoneInfo) -> datetime:
    """What the clocks of *zone* show."""
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)
