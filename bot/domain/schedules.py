"""Schedules of the quote of the day and of serials: their days, their times and their runs.

Local clocks skip hours, repeat hours, and sometimes skip a whole day. A run is identified by its local date, so there
is at most one run per date.
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
    """One run of a schedule: the quote or the instalment that is due on a date."""

    day: date
    """Local date of the run; no other run of the schedule has it."""
    at: int
    """Time of the run, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days of the week and a time of day, in a time zone."""

    days: frozenset[int]
    """Days of the week, at least one; Monday is 0."""
    time: time
    zone: str
    """Name of the time zone in the IANA database."""

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("a schedule without a day never comes")

    def on(self, day: date) -> Run | None:
        """Return the run on *day*; None if the schedule excludes the day, or the time zone skipped the date.

        If the clocks skip the scheduled time, the run is at the first instant after the gap. If the clocks show that
        time twice, the run is at the first of the two.
        """
        zone = ZoneInfo(self.zone)
        if day.weekday() not in self.days or not _exists(day, zone):
            return None
        return Run(day, _instant(datetime.combine(day, self.time), zone))

    def after(self, day: date) -> Run:
        """Return the first run on a later date than *day*."""
        return next(self._from(day + _ONE_DAY, _ONE_DAY))

    def latest(self, instant: float) -> Run:
        """Return the last run at or before *instant*, which is in seconds since 1970."""
        today = datetime.fromtimestamp(instant, ZoneInfo(self.zone)).date()
        return next(run for run in self._from(today + _ONE_DAY, -_ONE_DAY) if run.at <= instant)

    def _from(self, day: date, step: timedelta) -> Iterator[Run]:
        while True:
            if run := self.on(day):
                yield run
            day += step


_ONE_DAY = timedelta(days=1)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Return whether *day* occurred in *zone*; a place that moves across the date line skips a day."""
    return _local(_instant(datetime.combine(day, time.min), zone), zone).date() == day


def _instant(wanted: datetime, zone: ZoneInfo) -> int:
    """Return the first instant, in seconds since 1970, at which the clocks of *zone* show *wanted* or a later time."""
    by_rules_before = int(wanted.replace(tzinfo=zone, fold=0).astimezone(UTC).timestamp())
    if _local(by_rules_before, zone) == wanted:
        return by_rules_before
    by_rules_after = int(wanted.replace(tzinfo=zone, fold=1).astimezone(UTC).timestamp())
    around = range(by_rules_after, by_rules_before + 1)  # within these seconds the clocks jump over *wanted*
    return around[bisect_left(around, True, key=lambda instant: _local(instant, zone) >= wanted)]


def _local(instant: int, zone: ZoneInfo) -> datetime:
    """Return the local time in *zone* at *instant*, without a time zone."""
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)


PlanKind = Literal["daily", "serial"]

PlanFault = Literal["channel", "permission", "gate", "story", "wish", "quotes"]
"""Why a plan cannot post: the channel is gone, the bot lacks a permission in the channel, the story is for adults and
the channel is not, the story is gone, its author forbids sharing, or there are no quotes."""

PlanState = Literal["running", "paused", "stopped", "ended", "left", PlanFault]
"""State of a plan: *running*, *paused* or *stopped* by managers, *ended* with the story, *left* if the bot left the
server, or stopped by a fault."""

DailyStyle = Literal["text", "card"]

SERIALS_AT_MOST = 10
"""Maximum number of running or paused serials of one server."""

LEASE_SECONDS = 180
"""Seconds that a process has for posting the message of a run; afterwards another process may take over the run."""

LATE_SECONDS = DAY_SECONDS
"""Seconds after the scheduled time from which a missed quote of the day is skipped; instalments never are."""


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Channel and schedule of a plan to create or change."""

    guild: int
    channel: int
    by: int
    """Id of the user who sets up the plan."""
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Plan:
    """A quote of the day or a serial, with its channel and schedule."""

    id: int
    kind: PlanKind
    guild: int
    channel: int
    by: int
    """Id of the user who set up the plan; 0 after a deletion of the user's data."""
    schedule: Schedule
    state: PlanState
    next_at: int
    """Time of the next run, in seconds since 1970; valid only while the plan is running."""
    posted: int | None
    """Id of the last message that was posted; None before the first."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A server's quote of the day."""

    plan: Plan
    story: int | None
    """Id of the only story to quote; None for all stories."""
    style: DailyStyle


@dataclass(frozen=True, slots=True)
class Serial:
    """A story that a server reads in instalments."""

    plan: Plan
    story: int
    size: Size
    in_thread: bool
    thread: int | None
    """Id of the thread for the instalments; None until it exists."""
    role: int | None
    """Id of the role that each instalment mentions, if any; a button gives and removes the role."""
    spot: Spot
    """Start of the next instalment."""


@dataclass(frozen=True, slots=True)
class RunLease:
    """A process's lease on a run; the run ends when its message is confirmed."""

    plan: int
    kind: PlanKind
    number: int
    """Number of the run among the runs of its plan, from 1."""
    due_at: int
    """Scheduled time of the run, in seconds since 1970, like the times below."""
    begun_at: int
    """Time at which the first process began the run."""
    next_at: int
    """Scheduled time of the following run."""
    tries: int
    """Number of earlier leases of this run; after the first, the run's message may already exist."""


_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

DAYS: Mapping[str, frozenset[int]] = {
    "every day": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
    **{name: frozenset((day,)) for day, name in enumerate(_DAY_NAMES)},
}
"""Days of the week by the name that a user picks; Monday is 0."""

TIMES: Mapping[str, time] = {f"{at:%H:%M}": at for at in (time(n // 2, 30 * (n % 2)) for n in range(48))}
"""Every half hour of the day, by its form ``18:00``."""


def search_times(typed: str, limit: int) -> list[time]:
    """Return the times that begin with the digits of *typed*, on a 24-hour clock or with ``am`` and ``pm``.

    If more than *limit* times match, return only the full hours among them, at most 24.
    """
    wanted = "".join(re.findall(r"\d|[ap]", typed.casefold()))
    found = [at for at in TIMES.values() if any(form.startswith(wanted) for form in _forms(at))]
    return found if len(found) <= limit else [at for at in found if not at.minute]


def _forms(at: time) -> list[str]:
    """Return the spellings of a time for `search_times`: ``1800``, ``600p``, and ``6p`` for a full hour."""
    hour, half = at.hour % 12 or 12, "ap"[at.hour // 12]
    return [f"{at:%H%M}", f"{hour}{at:%M}{half}", *([] if at.minute else [f"{hour}{half}"])]
