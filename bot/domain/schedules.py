"""Schedules: the quote of the day and serials, and when they post: the days and times that are picked, and their runs.

The clocks of a place skip hours, repeat hours, and now and then skip a whole day. A run is identified by its local
date, so there is at most one for each date, whatever the clocks do.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.stories.instalments import Size
from bot.stories.model import Spot

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


PlanKind = Literal["daily", "serial"]

PlanFault = Literal["channel", "permission", "gate", "story", "wish", "quotes"]
"""Why a plan can post no more: its channel is gone, the bot may not post there, the channel is open to all ages but the
story is not, the story is gone, its author forbids sharing, or there are no quotes."""

PlanState = Literal["running", "paused", "stopped", "ended", "left", PlanFault]
"""Whether a plan runs, or why not: managers paused or stopped it, the story has ended, the bot left the server, or a
fault."""

DailyStyle = Literal["text", "card"]

SERIALS_AT_MOST = 10
"""Serials of one server that run or are paused at the same time."""

LEASE_SECONDS = 180
"""Seconds that one process has for posting a run; then any process may check whether its message is there."""

LATE_SECONDS = DAY_SECONDS
"""Seconds after which a missed quote of the day is skipped. An instalment is never skipped."""


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Where a plan is to post, and when."""

    guild: int
    channel: int
    by: int
    """The id of the user who sets it up."""
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Plan:
    """What is posted where and when."""

    id: int
    kind: PlanKind
    guild: int
    channel: int
    by: int
    """The id of the user who set it up; 0 once their data is deleted."""
    schedule: Schedule
    state: PlanState
    next_at: int
    """When the next run is due, in seconds since 1970, for a plan that runs."""
    posted: int | None
    """The id of the last message."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A server's quote of the day."""

    plan: Plan
    story: int | None
    """None for quotes of all stories."""
    style: DailyStyle


@dataclass(frozen=True, slots=True)
class Serial:
    """A story that a server reads by instalments."""

    plan: Plan
    story: int
    size: Size
    in_thread: bool
    thread: int | None
    """The thread, once it is open."""
    role: int | None
    """The role that each instalment pings; readers take and leave it by a button."""
    spot: Spot
    """Where the next instalment begins."""


@dataclass(frozen=True, slots=True)
class RunLease:
    """The lease of one process on a run, until it is certain that the run's message was posted."""

    plan: int
    kind: PlanKind
    number: int
    """The number of the run in its plan, from 1; it stands in the custom ids of its messages."""
    due_at: int
    """When the run was due. This and all times below are in seconds since 1970."""
    begun_at: int
    next_at: int
    """When the run after it is due."""
    tries: int
    """How many leases there were before; after one, the message may be there already."""


_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

DAYS: Mapping[str, frozenset[int]] = {
    "every day": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
    **{name: frozenset((day,)) for day, name in enumerate(_DAY_NAMES)},
}
"""The days of a schedule, by what they are called; Monday is 0."""

TIMES: Mapping[str, time] = {f"{at:%H:%M}": at for at in (time(n // 2, 30 * (n % 2)) for n in range(48))}
"""Each half hour of the day, as 18:00."""


def search_times(typed: str, limit: int) -> list[time]:
    """Return the times that begin with the digits of *typed*, on a clock of 24 hours or one with ``am`` and ``pm``.

    Where they are more than *limit*, these are the full hours alone, of which a day has 24.
    """
    wanted = "".join(re.findall(r"\d|[ap]", typed.casefold()))
    found = [at for at in TIMES.values() if any(form.startswith(wanted) for form in _forms(at))]
    return found if len(found) <= limit else [at for at in found if not at.minute]


def _forms(at: time) -> list[str]:
    """What people may type of a time, as `search_times` compares it: ``1800``, ``600p``, and ``6p`` of a full hour."""
    hour, half = at.hour % 12 or 12, "ap"[at.hour // 12]
    return [f"{at:%H%M}", f"{hour}{at:%M}{half}", *([] if at.minute else [f"{hour}{half}"])]
