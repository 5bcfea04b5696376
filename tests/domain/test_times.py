"""The days and the times of day that a schedule is picked from."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedules import DAYS, TIMES, search_times

LIMIT = 25


def found(typed: str) -> list[str]:
    return [f"{at:%H:%M}" for at in search_times(typed, LIMIT)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("18", ["18:00", "18:30"]),
        ("18:3", ["18:30"]),
        ("1830", ["18:30"]),
        ("18h30", ["18:30"]),
        ("6", ["06:00", "06:30", "18:00", "18:30"]),
        ("6 p", ["18:00"]),
        ("6pm", ["18:00"]),
        ("6:00 PM", ["18:00"]),
        ("6.30 p.m.", ["18:30"]),
        ("12 am", ["00:00"]),
        ("12:30 pm", ["12:30"]),
        ("06", ["06:00", "06:30"]),
        ("25", []),
        ("18:15", []),
        ("٦", []),
    ],
)
def test_times_are_offered_as_they_are_typed(typed: str, offered: list[str]) -> None:
    assert found(typed) == offered


@pytest.mark.parametrize("typed", ["", "soon", "1"])
def test_where_many_times_fit_the_full_hours_are_offered(typed: str) -> None:
    offered = found(typed)
    assert len(offered) > 10 and {each[-2:] for each in offered} == {"00"}


@given(st.sampled_from(list(TIMES.values())), st.sampled_from(["%H:%M", "%H%M", "%I:%M %p", "%I.%M%p"]))
def test_each_half_hour_is_found_however_it_is_typed(at: time, form: str) -> None:
    typed = at.strftime(form).lower()
    assert at in search_times(typed if "%H" in form else typed.lstrip("0"), LIMIT)


@given(st.text(max_size=20))
def test_no_more_times_are_offered_than_a_list_takes(typed: str) -> None:
    assert len(search_times(typed, LIMIT)) <= LIMIT


def test_the_days_are_all_together_or_one_by_one() -> None:
    assert sorted(map(len, DAYS.values())) == [1] * 7 + [2, 5, 7]
    assert DAYS["monday"] == {0} and DAYS["weekdays"] | DAYS["weekends"] == DAYS["every day"]
