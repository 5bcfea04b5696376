"""A moment as people type it, on the clocks of their place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments import Moment, read_moment
from bot.errors import ReaderError
from bot.interactions.replies import sentence
from tests.clock import instant

NOW = instant("2026-11-18 12:00")
"""A Wednesday, at one in the afternoon in Berlin."""

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", "2026-11-18 17:00"),
        ("noon", "2026-11-19 11:00"),
        ("6pm", "2026-11-18 17:00"),
        ("18h", "2026-11-18 17:00"),
        ("today 18:00", "2026-11-18 17:00"),
        ("tonight 8 pm", "2026-11-18 19:00"),
        ("Tomorrow, 6:30 p.m.", "2026-11-19 17:30"),
        ("18:00 tomorrow", "2026-11-19 17:00"),
        ("Friday 18:00", "2026-11-20 17:00"),
        ("on fri at 6 pm", "2026-11-20 17:00"),
        ("next Friday 18:00", "2026-11-20 17:00"),
        ("wednesday 18:00", "2026-11-18 17:00"),
        ("Wed 9:00", "2026-11-25 08:00"),
        ("24 Dec 18:00", "2026-12-24 17:00"),
        ("Dec 24 6 pm", "2026-12-24 17:00"),
        ("December 24th, 2026, 18:00", "2026-12-24 17:00"),
        ("1st of July 18:00", "2027-07-01 16:00"),
        ("24.12. 18:00", "2026-12-24 17:00"),
        ("24.12.2026 18:00", "2026-12-24 17:00"),
        ("2026-12-24 18:00", "2026-12-24 17:00"),
        ("2026-12-24T18:00", "2026-12-24 17:00"),
        ("tues 7 : 05", "2026-11-24 06:05"),
        ("１８：００", "2026-11-18 17:00"),
    ],
)
def test_a_time_is_read_on_the_clocks_of_its_author(typed: str, meant: str) -> None:
    assert read_moment(typed, NOW, BERLIN) == Moment(int(instant(meant)), BERLIN)


@pytest.mark.parametrize(
    ("typed", "meant", "zone"),
    [
        ("18:00 New York", "2026-11-18 23:00", "America/New_York"),
        ("Friday 6 p.m. EST", "2026-11-20 23:00", "America/New_York"),
        ("6pm PST tomorrow", "2026-11-20 02:00", "America/Los_Angeles"),
        ("24 Dec 18:00 in Tokyo", "2026-12-24 09:00", "Asia/Tokyo"),
        ("18:00 utc+2", "2026-11-18 16:00", "Etc/GMT-2"),
        ("18:00 Monaco", "2026-11-18 17:00", "Europe/Monaco"),
        ("2026-12-24 18:00 (Berlin)", "2026-12-24 17:00", BERLIN),
    ],
)
def test_a_place_that_is_typed_goes_before_the_known_one(typed: str, meant: str, zone: str) -> None:
    for known in (None, "Asia/Kolkata"):
        assert read_moment(typed, NOW, known) == Moment(int(instant(meant)), zone)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("in 3 days", "2026-11-21 12:00"),
        ("3 days", "2026-11-21 12:00"),
        ("18 h", "2026-11-19 06:00"),
        ("90 min", "2026-11-18 13:30"),
        ("1.5 hours", "2026-11-18 13:30"),
        ("in a week", "2026-11-25 12:00"),
        ("2026-12-24 18:00+01:00", "2026-12-24 17:00"),
        ("<t:1795348800:F>", "2026-11-22 12:00"),
    ],
)
def test_what_needs_no_place_is_read_without_one(typed: str, meant: str) -> None:
    assert read_moment(typed, NOW) == Moment(int(instant(meant)))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "moment-unknown"),
        ("soon", "moment-unknown"),
        ("tomorrow", "moment-unknown"),
        ("Friday", "moment-unknown"),
        ("30 Feb 18:00", "moment-unknown"),
        ("12/11 18:00", "moment-unknown"),
        ("today 9:00", "moment-past"),
        ("2026-11-18 12:59", "moment-past"),
        ("2020-01-01 18:00", "moment-past"),
        ("<t:1>", "moment-past"),
        ("2028-01-01 18:00", "moment-too-far"),
        ("100 weeks", "moment-too-far"),
        ("18:00 Atlantis", "zone-unknown"),
    ],
)
def test_what_is_no_time_to_come_is_refused_with_what_was_typed(typed: str, error: str) -> None:
    with pytest.raises(ReaderError) as refused:
        read_moment(typed, NOW, BERLIN)
    assert refused.value.message == error
    assert (typed if error != "zone-unknown" else "atlantis") in sentence(refused.value)


def test_clocks_without_a_place_are_asked_for_one() -> None:
    with pytest.raises(ReaderError, match="moment-without-zone"):
        read_moment("Friday 18:00", NOW)


def test_an_hour_that_the_clocks_skip_comes_right_after() -> None:
    spring = instant("2026-03-28 12:00")
    assert read_moment("tomorrow 02:30", spring, BERLIN).at == instant("2026-03-29 01:00")


@given(
    st.timedeltas(timedelta(minutes=2), timedelta(days=360)),
    st.sampled_from(["%Y-%m-%d %H:%M", "%d %b %Y %H:%M", "%B %d, %Y at %I:%M %p", "%d.%m.%Y %H:%M"]),
    st.sampled_from([BERLIN, "America/New_York", "Asia/Kathmandu", "UTC"]),
)
def test_every_minute_of_a_year_can_be_typed(ahead: timedelta, form: str, zone: str) -> None:
    at = datetime.fromtimestamp(NOW, UTC) + ahead
    local = at.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0, fold=0)
    typed = local.strftime(form)
    if local.astimezone(UTC).timestamp() <= NOW:
        return
    read = read_moment(typed, NOW, zone)
    assert datetime.fromtimestamp(read.at, ZoneInfo(zone)).replace(tzinfo=None) == local.replace(tzinfo=None)


@given(st.text(max_size=60))
def test_any_text_is_a_moment_to_come_or_refused(typed: str) -> None:
    try:
        assert read_moment(typed, NOW, BERLIN).at > NOW
    except ReaderError as refused:
        assert refused.message.startswith(("moment-", "zone-"))
