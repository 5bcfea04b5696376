"""Bars: as wide for any numbers, and longer for more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.bars import CELLS, EMPTY, FULL, bar
from bot.ui.questions import question_text
from tests.votes import question_with

wholes = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("part", "whole", "full"),
    [
        (0, 0, 0),
        (0, 9, 0),
        (1, 10**6, 1),
        (1, 6, 1),
        (1, 4, 2),
        (1, 2, 3),
        (2, 3, 4),
        (5, 6, 5),
        (99, 100, 5),
        (7, 7, 6),
    ],
)
def test_a_bar_has_as_many_full_cells_as_its_share(part: int, whole: int, full: int) -> None:
    assert bar(part, whole) == "━" * full + "─" * (6 - full)


@given(wholes, wholes)
def test_a_bar_is_empty_for_nothing_and_full_for_all_alone(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    drawn = bar(part, whole)
    assert len(drawn) == CELLS and drawn == FULL * drawn.count(FULL) + EMPTY * drawn.count(EMPTY)
    assert (FULL in drawn) is (part > 0)
    assert (EMPTY in drawn) is (part < whole or whole == 0)


@given(wholes, wholes, wholes)
def test_more_of_the_same_is_never_a_shorter_bar(one: int, two: int, three: int) -> None:
    less, more, whole = sorted((one, two, three))
    assert bar(less, whole).count(FULL) <= bar(more, whole).count(FULL)


@pytest.mark.parametrize(("go_on", "leave"), [(1, 0), (0, 1), (1, 2), (999, 1), (10**9, 10**9)])
def test_the_share_of_a_vote_stands_behind_its_bar(go_on: int, leave: int) -> None:
    votes = go_on + leave
    said = question_text(question_with((go_on, leave)))
    assert said.startswith(f"{bar(go_on, votes)}  {round(100 * go_on / votes)}%")
