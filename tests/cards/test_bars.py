"""Bar charts: what they show can be measured in their pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.cards.bars import FAINT, FILL, GROUND, HEIGHT, INK, QUIET, WIDTH, Bars, bars_png
from bot.cards.colour import Colour, contrast
from bot.cards.sheet import EDGE

AXES = Bars([5], "readers", "how far into the story, $x$", [(0.0, "0%"), (1.0, "100%")])


def bars_of(counts: Sequence[int | None], numbered: Sequence[int] = ()) -> Bars:
    return replace(AXES, counts=counts, numbered=numbered)


def picture(bars: Bars) -> Image.Image:
    png = bars_png(bars)
    assert len(png) < 100_000
    return Image.open(io.BytesIO(png)).convert("RGB")


def area(image: Image.Image, colour: Colour) -> int:
    """How many pixels have that colour, and no shade of it."""
    return {found: count for count, found in image.getcolors(10**6) or []}.get(colour, 0)


@given(st.lists(st.none() | st.integers(5, 10**10), min_size=1, max_size=26).filter(any))
@settings(max_examples=15, deadline=None)
def test_any_bars_are_a_small_picture_of_one_size(counts: list[int | None]) -> None:
    known = [at for at, count in enumerate(counts) if count is not None]
    image = picture(bars_of(counts, (known[0], known[-1])))
    assert image.size == (WIDTH, HEIGHT)
    assert area(image, FILL) > 0
    assert (area(image, FAINT) > 0) == (None in counts)


def test_twice_the_count_is_twice_the_height() -> None:
    low, half, both = (area(picture(bars_of(counts)), FILL) for counts in ([20, None], [20, 10], [20, 20]))
    assert both == 2 * low and half == pytest.approx(1.5 * low, rel=0.01)


def test_a_small_number_can_be_seen_beside_a_large_one() -> None:
    alone, both = (area(picture(bars_of(counts)), FILL) for counts in ([10**9, None], [10**9, 5]))
    assert both > 1.03 * alone


def test_only_the_bars_that_are_named_have_their_numbers() -> None:
    assert area(picture(bars_of([500, 300])), INK) == 0
    one, two = (area(picture(bars_of([500, 300], at)), INK) for at in ((0,), (0, 1)))
    assert two > one > 0


def test_a_number_that_another_would_cover_is_left_out() -> None:
    counts = [1_000_000_000, 999_999_999, *[5] * 20]
    assert bars_png(bars_of(counts, (0, 1))) == bars_png(bars_of(counts, (0,)))


def test_a_word_that_no_font_has_is_left_out() -> None:
    def quiet(up: str) -> int:
        return area(picture(replace(AXES, up=up)), QUIET)

    assert quiet("readers \ue123") == quiet("") < quiet("readers")


def test_no_word_is_cut_off_by_the_border() -> None:
    image = picture(replace(AXES, up="ÅÄgjpq", across="ÅÄgjpq", counts=[10**12], numbered=(0,)))
    for box in ((0, 0, WIDTH, EDGE + 1), (0, HEIGHT - EDGE - 1, WIDTH, HEIGHT)):
        assert image.crop(box).getcolors() == [((box[3] - box[1]) * WIDTH, GROUND)]


def test_what_a_chart_is_understood_by_stands_out() -> None:
    assert all(contrast(GROUND, colour) >= 3 for colour in (FILL, FAINT))
    assert all(contrast(GROUND, colour) >= 4.5 for colour in (INK, QUIET))
