"""Schedules: one instant for each local date, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.schedules import DAY_SECONDS, EVERY_DAY, Run, Schedule

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


def due(zone: str, at: time, day: date, days: frozenset[int] = EVERY_DAY) -> str | None:
    """What the clocks of *zone* show when the run of *day* is due."""
    run = Schedule(days, at, zone).on(day)
    return datetime.fromtimestamp(run.at, ZoneInfo(zone)).isoformat(" ", "minutes") if run else None


def year_of_runs(schedule: Schedule, year: int) -> list[Run]:
    """Each run from the one before the year to the one after it."""
    run = schedule.latest(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    runs = [run]
    while run.at < datetime(year + 1, 1, 1, tzinfo=UTC).timestamp():
        run = schedule.after(run.day)
        runs.append(run)
    return runs


@pytest.mark.parametrize(
    ("zone", "at", "day", "shown"),
    [
        ("Europe/Berlin", time(18), date(2026, 3, 28), "2026-03-28 18:00+01:00"),
        ("Europe/Berlin", time(18), date(2026, 3, 29), "2026-03-29 18:00+02:00"),
        ("Europe/Berlin", time(2, 30), date(2026, 3, 29), "2026-03-29 03:00+02:00"),  # skipped: after the gap
        ("Europe/Berlin", time(2, 30), date(2026, 10, 25), "2026-10-25 02:30+02:00"),  # twice: the first
        ("America/New_York", time(2), date(2026, 3, 8), "2026-03-08 03:00-04:00"),
        ("America/New_York", time(1, 59), date(2026, 11, 1), "2026-11-01 01:59-04:00"),
        ("Australia/Lord_Howe", time(2, 15), date(2025, 10, 5), "2025-10-05 02:30+11:00"),  # half an hour
        ("Australia/Lord_Howe", time(1, 45), date(2026, 4, 5), "2026-04-05 01:45+11:00"),
        ("America/Havana", time(0), date(2026, 3, 8), "2026-03-08 01:00-04:00"),  # a day without midnight
        ("America/Scoresbysund", time(23, 30), date(2025, 3, 29), "2025-03-30 00:00-01:00"),  # a gap up to midnight
        ("Pacific/Apia", time(18), date(2011, 12, 30), None),  # a day that never was
        ("Pacific/Apia", time(0), date(2011, 12, 31), "2011-12-31 00:00+14:00"),
        ("Pacific/Kwajalein", time(12), date(1993, 8, 21), None),
        ("Pacific/Kwajalein", time(12), date(1969, 9, 30), "1969-09-30 12:00+11:00"),  # a day that came twice
        ("Asia/Kolkata", time(5, 30), date(2026, 1, 1), "2026-01-01 05:30+05:30"),
    ],
)
def test_a_run_is_due_when_the_clocks_show_its_time(zone: str, at: time, day: date, shown: str | None) -> None:
    assert due(zone, at, day) == shown


def test_only_chosen_days_have_runs() -> None:
    weekdays = frozenset(range(5))
    assert due("UTC", time(9), date(2026, 1, 2), weekdays) == "2026-01-02 09:00+00:00"
    assert due("UTC", time(9), date(2026, 1, 3), weekdays) is None
    friday = Schedule(weekdays, time(9), "UTC").latest(datetime(2026, 1, 5, 8, 59, tzinfo=UTC).timestamp())
    assert friday.day == date(2026, 1, 2)


def test_a_schedule_without_a_day_is_none() -> None:
    with pytest.raises(ValueError, match="never comes"):
        Schedule(frozenset(), time(9), "UTC")


@given(st.sampled_from(ZONES), TIMES, st.integers(1950, 2037))
@example("Pacific/Apia", time(18), 2011)
@example("Pacific/Kwajalein", time(0), 1993)
@example("America/Scoresbysund", time(23, 59), 2025)
@example("Africa/Casablanca", time(2, 30), 2030)
@settings(max_examples=60)
def test_each_local_date_of_a_year_has_one_run_and_each_comes_later_than_the_one_before(
    zone: str, at: time, year: int
) -> None:
    runs = year_of_runs(Schedule(EVERY_DAY, at, zone), year)
    there = ZoneInfo(zone)
    hours = range(runs[0].at, runs[-1].at, 1800)
    shown = {datetime.fromtimestamp(hour, there).date() for hour in hours}
    days = [run.day for run in runs]
    assert set(days[1:-1]) == {day for day in shown if days[0] < day < days[-1]}
    assert len(set(days)) == len(days)
    assert all(before.at < after.at and before.day < after.day for before, after in pairwise(runs))


@given(st.sampled_from(ZONES), TIMES, st.dates(date(1950, 1, 2), date(2037, 12, 30)))
@settings(max_examples=400)
def test_a_run_is_the_first_instant_at_which_the_clocks_show_its_time_or_have_passed_it(
    zone: str, at: time, day: date
) -> None:
    run, there, wanted = Schedule(EVERY_DAY, at, zone).on(day), ZoneInfo(zone), datetime.combine(day, at)
    if run is None:
        before = Schedule(EVERY_DAY, at, zone).latest(wanted.replace(tzinfo=UTC).timestamp())
        assert before.day != day
        return
    shown = datetime.fromtimestamp(run.at, there)
    assert shown.replace(tzinfo=None, fold=0) >= wanted
    assert datetime.fromtimestamp(run.at - 1, there).replace(tzinfo=None) < wanted
    assert (
        shown.replace(tzinfo=None, fold=0) == wanted
        or shown.utcoffset() != datetime.fromtimestamp(run.at - 1, there).utcoffset()
    )
    assert shown.fold == 0


@given(st.sampled_from(ZONES), TIMES, st.integers(0, 2_000_000_000), st.sets(st.integers(0, 6), min_size=1))
@settings(max_examples=300)
def test_the_next_and_the_latest_run_have_none_between_them(zone: str, at: time, now: int, days: set[int]) -> None:
    schedule = Schedule(frozenset(days), at, zone)
    latest = schedule.latest(now)
    following = schedule.after(latest.day)
    assert latest.at <= now < following.at
    assert schedule.latest(following.at) == following and schedule.latest(following.at - 1) == latest
    assert latest.day.weekday() in days and following.at - latest.at <= 16 * DAY_SECONDS
    assert timedelta(0) < following.day - latest.day
