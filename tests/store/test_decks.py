"""The deck of quotes: a shuffled order in a few numbers, in which nothing comes twice before all have come."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import quotes
from bot.store.quotes import Segment


def deal(cards: list[Segment], top: int, count: int) -> tuple[list[int], list[Segment]]:
    """Draw *count* positions, the deck written to its row and read back between any two."""
    drawn: list[int] = []
    for _ in range(count):
        position, cards = quotes.draw_card(quotes.read_deck(quotes.write_deck(cards)), top)
        drawn.append(position)
    return drawn, cards


@given(st.integers(1, 90), st.integers(1, 3))
def test_every_position_comes_exactly_once_in_every_round(top: int, rounds: int) -> None:
    cards: list[Segment] = []
    for _ in range(rounds):
        drawn, cards = deal(cards, top, top)
        assert sorted(drawn) == list(range(1, top + 1))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), min_size=1, max_size=20))
def test_what_is_added_while_the_deck_is_dealt_comes_once_too(steps: list[tuple[int, int]]) -> None:
    top, cards, drawn = 1, list[Segment](), list[int]()
    for more, count in steps:
        top += more
        some, cards = deal(cards, top, min(count, top - len(drawn)))
        drawn += some
        assert len(set(drawn)) == len(drawn)
    rest, _ = deal(cards, top, top - len(drawn))
    assert sorted(drawn + rest) == list(range(1, top + 1))


@given(st.integers(2, 40), st.integers(1, 39), st.integers(1, 39))
def test_a_deck_that_shrinks_deals_nothing_twice_that_is_left(top: int, count: int, smaller: int) -> None:
    smaller, count = min(smaller, top - 1), min(count, top)
    drawn, cards = deal([], top, count)
    rest, _ = deal(cards, smaller, top - count)
    assert len(set(drawn + rest)) == top


def test_many_small_additions_keep_the_row_small() -> None:
    cards: list[Segment] = []
    drawn: list[int] = []
    for top in range(1, 400, 2):
        some, cards = deal(cards, top, 1)
        drawn += some
        assert len(quotes.write_deck(cards)) < 600
    rest, _ = deal(cards, 399, 399 - len(drawn))
    assert sorted(drawn + rest) == list(range(1, 400))


def test_old_and_new_come_mixed() -> None:
    _, cards = deal([], 100, 50)
    drawn, _ = deal(cards, 200, 60)
    assert {position > 100 for position in drawn} == {True, False}


def test_two_decks_are_not_in_the_same_order() -> None:
    assert deal([], 60, 60)[0] != deal([], 60, 60)[0]


def test_a_round_is_not_in_the_order_of_the_story() -> None:
    drawn, _ = deal([], 200, 200)
    assert drawn != sorted(drawn)
    assert sum(a + 1 == b for a, b in pairwise(drawn)) < 20


@pytest.mark.parametrize("top", [1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 255, 256, 257])
def test_sizes_beside_the_powers_of_four_are_dealt_whole(top: int) -> None:
    assert sorted(deal([], top, top)[0]) == list(range(1, top + 1))


def test_a_deck_of_millions_is_drawn_from_as_well() -> None:
    drawn, cards = deal([], 5_000_000, 300)
    assert len(set(drawn)) == 300
    assert all(1 <= position <= 5_000_000 for position in drawn)
    assert len(quotes.write_deck(cards)) < 100


def test_a_deck_in_use_goes_on_in_the_order_in_which_it_was_begun() -> None:
    """By whatever version: the order is nowhere but in the code."""
    drawn, _ = deal(quotes.read_deck("[[2718281828,1,201,4]]"), 200, 12)
    assert drawn == [120, 19, 18, 54, 43, 30, 42, 182, 197, 139, 110, 200]
