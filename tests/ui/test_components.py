"""Components: within what Discord takes whatever they say, in rows as wide as a phone, and no two of one id."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Literal, get_args

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import Place
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.stories.model import ChapterName, ChapterSummary, OpenPage, Spot, StorySummary
from bot.ui.components import (
    IN_A_ROW,
    MOST_ROWS,
    Button,
    button,
    file_field,
    option,
    packed,
    page_buttons,
    part_buttons,
    private_list,
    text_field,
)
from bot.ui.ids import SearchPage, ShowCard, Unfolded
from bot.ui.limits import BUTTON_LABEL, INPUT_LABEL, OPTION_DESCRIPTION, OPTION_LABEL, size
from bot.ui.pages import MorePanel, PageEnd, Unfolding, more_screen, page_screen, shared_page_screen
from bot.ui.screen import Item
from tests.discord_limits import assert_components
from tests.votes import question_with

# -- what they say ----------------------------------------------------------------------------

words = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200),
    st.sampled_from(["*" * 300, "🦊" * 100, "👩‍👩‍👧‍👦" * 30, "a word " * 40]),
).filter(str.strip)


@given(words, words)
def test_whatever_they_say_is_as_long_as_discord_takes_and_begins_alike(label: str, description: str) -> None:
    offered = option(label, 1, description)
    file, box = file_field("file", label), text_field("text", label, 10)
    for shown, limit in (
        (button(ShowCard(1), label, 0).label, BUTTON_LABEL),
        (offered.label, OPTION_LABEL),
        (file.text, INPUT_LABEL),
        (box.text, INPUT_LABEL),
    ):
        assert shown is not None and 1 <= size(shown) <= limit
        assert shown == label if size(label) <= limit else label.startswith(shown.removesuffix("…"))
    assert offered.description is not None and size(offered.description) <= OPTION_DESCRIPTION
    assert description.startswith(offered.description.removesuffix("…"))


def test_a_button_or_an_option_may_say_no_more_than_its_emoji_or_its_name() -> None:
    assert button(ShowCard(1), None, 0, emoji="🦊").label is None
    assert option("One", 1).description is None


# -- rows ---------------------------------------------------------------------------------------


def buttons(lengths: list[int]) -> list[Button]:
    return [button(ShowCard(number), "x" * length, 0) for number, length in enumerate(lengths)]


@pytest.mark.parametrize(
    ("lengths", "rows", "widths"),
    [
        ([10], 3, [1]),
        ([10] * 3, 3, [2, 1]),
        ([10] * 6, 3, [2, 2, 2]),
        ([10] * 6, 2, [2, 4]),  # the last one is wider
        ([10] * 8, 2, [3, 5]),  # all are
        ([1] * 12, 3, [5, 5, 2]),
        ([80, 1, 1], 3, [1, 2]),
    ],
)
def test_a_row_has_what_a_phone_has_room_for(lengths: list[int], rows: int, widths: list[int]) -> None:
    found = packed(buttons(lengths), 1, rows=rows)
    assert [len([*row]) for _, row in groupby(found, key=lambda each: each.row)] == widths


@given(st.lists(st.integers(1, 90), min_size=1, max_size=10), st.integers(0, 2), st.integers(2, MOST_ROWS))
def test_any_buttons_stand_in_their_order_in_rows_that_discord_takes(lengths: list[int], row: int, rows: int) -> None:
    there = buttons(lengths)
    found = packed(there, row, rows=rows)
    assert found == there
    numbers = [each.row for each in found]
    used = sorted({number for number in numbers if number is not None})
    assert numbers == sorted(numbers, key=lambda number: number or 0)
    assert used == [*range(row, row + len(used))] and len(used) <= rows
    assert max(map(numbers.count, used)) <= IN_A_ROW


# -- ways to other pages --------------------------------------------------------------------------


def to(way: Literal["p", "n"], page: int) -> SearchPage:
    return SearchPage(way, 7, page)


def ids_of(items: Iterable[Item]) -> list[str | None]:
    return [item.custom_id for item in items if isinstance(item, ui.Button)]


@pytest.mark.parametrize(("page", "ways"), [(0, [to("n", 1)]), (1, [to("p", 0), to("n", 2)]), (2, [to("p", 1)])])
def test_no_way_leads_past_the_first_or_the_last(page: int, ways: list[SearchPage]) -> None:
    ids = [str(way) for way in ways]
    assert ids_of(page_buttons(to, page, 3, 0)) == ids
    assert ids_of(part_buttons(lambda part: to("p" if part < page else "n", part), page, 3)) == ids
    listed = private_list("List", ["one", "two"], [], to, page, 3, 4)
    assert ids_of(listed.items or ()) == ids
    assert listed.embeds[0].description == "one\n\ntwo" and str(page + 1) in (listed.embeds[0].footer.text or "")


def test_what_is_one_page_has_no_ways_and_no_number() -> None:
    assert page_buttons(to, 0, 1, 0) == part_buttons(lambda part: to("n", part), 0, 1) == []
    listed = private_list("List", [], [], to, 0, 1, 0)
    assert not listed.items and not listed.embeds[0].footer.text


# -- ids of one message -------------------------------------------------------------------------


REACTIONS = [Reaction(Emoji(str(10**17 + n), "owl", True, usable=n % 2 == 0), 1) for n in range(20)]
QUESTIONS = [question_with((1, 0)), question_with((1, 0, 2, 0, 0), text="Who?", answers=tuple("abcde"))]


def open_page(number: int, pages: int, chapters: int, notes: tuple[str, ...]) -> OpenPage:
    """A page of a story; the pages beside it may be its first and its last."""
    spots = [Spot(5, 1000 * n) for n in range(pages)]
    here, chapter = spots[number - 1], ChapterSummary(5, chapters, ChapterName("Ice", chapters), 9, pages)
    return OpenPage(
        StorySummary(3, "T", "A", 9, pages * chapters, chapters), chapter, "text", here, number, 0, 9, notes, notes,
        spots[0], spots[number - 2] if number > 1 else None, spots[number] if number < pages else None, spots[-1],
    )  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=["default", "own"])
@pytest.mark.parametrize(("chapters", "notes"), [(1, ()), (30, ("a long note " * 100,))])
@pytest.mark.parametrize("pages", [1, 2, 3, 5])
def test_no_two_ids_of_a_page_are_equal_however_many_pages(
    pages: int, chapters: int, notes: tuple[str, ...], question: Question
) -> None:
    contents = [ChapterSummary(n, n, ChapterName("Ice", n), 9, pages) for n in range(1, min(chapters, 23) + 1)]
    for number in range(1, pages + 1):
        page = open_page(number, pages, chapters, notes)
        place = Place(3, page.spot, False, Spot(6, 0), True, 1)
        more = MorePanel("phone", place, may_share=True, has_vote=True)
        end = PageEnd(REACTIONS, question, may_review=True) if page.is_last else None
        parts: list[Unfolded | None] = [None, *get_args(Unfolded)]
        screens = [
            page_screen(page, peek=peek, end=end, unfolding=Unfolding(part, more, contents) if part else None)
            for part in parts
            for peek in (False, True)
        ]
        for screen in [*screens, more_screen(page, more), shared_page_screen(page, "ann", may_spoil=False)]:
            assert screen.view is not None
            assert_components(screen.view.to_components())
