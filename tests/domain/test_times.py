"""Times of day and days of the week, as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.times import USUAL_DAYS, read_days, read_time
from bot.errors import ReaderError
from bot.interactions.replies import sentence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", time(18)),
        ("6pm", time(18)),
        ("6 PM", time(18)),
        ("6:30 pm", time(18, 30)),
        ("6.30 p.m.", time(18, 30)),
        ("0600", time(6)),
        ("1830", time(18, 30)),
        ("630pm", time(18, 30)),
        ("6", time(6)),
        ("18h", time(18)),
        ("18h30", time(18, 30)),
        ("12am", time(0)),
        ("12 a.m.", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("  7 : 05 ", time(7, 5)),
        ("１８：００", time(18)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "24:00", "18:60", "13pm", "0pm", "6:5", "18:00:00", "-6", "٦:٠٠", "1e1"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ReaderError, match="time-unknown") as refused:
        read_time(typed)
    assert "18:00" in sentence(refused.value)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(["%H:%M", "%H%M", "%I:%M %p"]))
def test_every_minute_of_the_day_can_be_typed(at: time, form: str) -> None:
    assert read_time(at.strftime(form)) == at


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("daily", "0123456"),
        ("Every day", "0123456"),
        ("weekdays", "01234"),
        ("weekends", "56"),
        ("mon wed fri", "024"),
        ("Monday, Wednesday and Friday", "024"),
        ("on Tuesdays", "1"),
        ("tues weds thurs", "123"),
        ("tue-sat", "12345"),
        ("Fri to Mon", "0456"),
        ("mo–we, sa", "0125"),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert read_days(typed) == frozenset(map(int, meant))


@pytest.mark.parametrize("offered", USUAL_DAYS)
def test_the_days_that_are_offered_are_read(offered: str) -> None:
    assert read_days(offered)


@pytest.mark.parametrize("typed", ["", "never", "m", "mon-", "weekdays-fri", "mon to", "twice a week"])
def test_what_names_no_days_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ReaderError, match="days-unknown") as refused:
        read_days(typed)
    assert "mon wed fri" in sentence(refused.value)
