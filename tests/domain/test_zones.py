"""Time zones by the names that people know."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.zones import find_zone, meant_zones, search_zones


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("new_york", "America/New_York"),
        ("NYC", "America/New_York"),
        ("est", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("são paulo", "America/Sao_Paulo"),
        ("germany", "Europe/Berlin"),
        ("india", "Asia/Kolkata"),
        ("mumbai", "Asia/Kolkata"),
        ("united st", "America/New_York"),
        ("york, new", "America/New_York"),
        ("america/chi", "America/Chicago"),
        ("utc+2", "Etc/GMT-2"),
        ("GMT -05:00", "Etc/GMT+5"),
        ("gmt", "UTC"),
        ("kiev", "Europe/Kyiv"),
    ],
)
def test_a_zone_is_found_by_what_people_call_it(typed: str, first: str) -> None:
    assert search_zones(typed, 25)[0].name == first


def test_before_anything_is_typed_the_zones_of_many_are_offered() -> None:
    offered = [zone.name for zone in search_zones("", 25)]
    assert offered[0] == "UTC" and {"America/New_York", "Europe/Berlin", "Asia/Tokyo"} <= set(offered)
    assert len(offered) == 25


@pytest.mark.parametrize("name", ["", "Berlin", "europe/berlin", " Europe/Berlin", "EST", "../etc/passwd", "/", "\0"])
def test_what_is_not_the_name_of_a_zone_is_none(name: str) -> None:
    assert find_zone(name) is None


def test_a_zone_tells_how_far_it_is_ahead_now() -> None:
    winter, summer = (datetime(2026, month, 1, tzinfo=ZoneInfo("UTC")).timestamp() for month in (1, 7))
    berlin = find_zone("Europe/Berlin")
    assert berlin and (berlin.offset(winter), berlin.offset(summer)) == (timedelta(hours=1), timedelta(hours=2))


@given(st.sampled_from(sorted(name for name in available_timezones() if "/" in name)))
def test_every_zone_with_a_region_is_found_by_its_name(name: str) -> None:
    assert find_zone(name) in search_zones(name, 25)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Berlin", ["Europe/Berlin"]),
        ("europe/berlin", ["Europe/Berlin"]),
        (" est ", ["America/New_York"]),
        ("kathm", ["Asia/Kathmandu"]),
        ("Portugal", ["Atlantic/Azores", "Atlantic/Madeira", "Europe/Lisbon"]),
        ("Middle-earth", []),
        ("?!", []),
        ("", []),
    ],
)
def test_what_is_typed_means_one_zone_or_some_or_none(typed: str, meant: list[str]) -> None:
    assert sorted(zone.name for zone in meant_zones(typed, 5)) == meant


def test_of_many_zones_that_are_meant_some_are_named() -> None:
    assert len(meant_zones("a", 5)) == 5
