"""Components: within what Discord takes whatever they say, in rows as wide as a phone, and no two of one id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal, get_args

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import SharedReading
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.stories.model import ChapterName, ChapterSummary, OpenPage, Spot, StorySummary
from bot.ui.components import (
    MOST_ROWS,
    Button,
    button,
    button_rows,
    file_field,
    option,
    page_buttons,
    part_buttons,
    private_list,
    select,
    text_field,
)
from bot.ui.ids import SearchPage, ShowCard, Unfolded
from bot.ui.limits import BUTTON_LABEL, BUTTON_ROWS, IN_A_ROW, INPUT_LABEL, OPTION_DESCRIPTION, OPTION_LABEL, size
from bot.ui.pages import Info, PageEnd, Unfolding, Visit, more_screen, page_screen, shared_page_screen
from bot.ui.reactions import OFFERED, OFFERED_AT_MOST, react_panel
from bot.ui.schedules import end_screen
from bot.ui.screen import Group, Item, Screen, notice, rows_of
from bot.ui.settings import reactions_modal
from bot.ui.stories import card_screen
from tests.discord_limits import assert_components
from tests.ui.longest import card_with_all
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
        (button(ShowCard(1), label).label, BUTTON_LABEL),
        (offered.label, OPTION_LABEL),
        (file.text, INPUT_LABEL),
        (box.text, INPUT_LABEL),
    ):
        assert shown is not None and 1 <= size(shown) <= limit
        assert shown == label if size(label) <= limit else label.startswith(shown.removesuffix("…"))
    assert offered.description is not None and size(offered.description) <= OPTION_DESCRIPTION
    assert description.startswith(offered.description.removesuffix("…"))


def test_a_button_or_an_option_may_say_no_more_than_its_emoji_or_its_name() -> None:
    assert button(ShowCard(1), None, emoji="🦊").label is None
    assert option("One", 1).description is None


# -- rows ---------------------------------------------------------------------------------------


def buttons(lengths: list[int]) -> list[Button]:
    return [button(ShowCard(number), "x" * length) for number, length in enumerate(lengths)]


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
    assert [len(row) for row in button_rows(buttons(lengths), rows=rows) if row] == widths


@given(st.lists(st.integers(1, 90), min_size=1, max_size=10), st.integers(2, MOST_ROWS))
def test_any_buttons_stand_in_their_order_in_rows_that_discord_takes(lengths: list[int], rows: int) -> None:
    there = buttons(lengths)
    found = button_rows(there, rows=rows)
    assert [*chain(*found)] == there
    assert len(found) <= rows and all(len(row) <= IN_A_ROW for row in found)


SELECT = "select"


def groups(sizes: list[int | str]) -> list[Group]:
    """Groups of so many buttons, or of a select."""
    return [[select(ShowCard(0), [option("One", 1)])] if size == SELECT else buttons([1] * int(size)) for size in sizes]


def sizes_of(rows: list[Group]) -> list[int | str]:
    return [SELECT if isinstance(row[0], ui.Select) else len(row) for row in rows]


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ([3, 0, SELECT, 2], [3, SELECT, 2]),
        ([6], [3, 3]),  # six reactions
        ([7, 4], [4, 3, 4]),
        ([1, 1, 1, 1, 1], [1, 1, 1, 1, 1]),  # there is room for each
        ([4, 6, 3, 3, 2], [4, 3, 3, 3, 5]),  # there is none: the smallest neighbours share a row
        ([SELECT, SELECT, SELECT, SELECT, 3, 2], [SELECT, SELECT, SELECT, SELECT, 5]),
        ([25], [5, 5, 5, 5, 5]),
    ],
)
def test_a_group_has_a_row_of_its_own_as_long_as_a_message_has_room(
    sizes: list[int | str], rows: list[int | str]
) -> None:
    assert sizes_of(rows_of(groups(sizes))) == rows


@pytest.mark.parametrize("sizes", [[26], [SELECT] * 6, [SELECT] * 5 + [1], [3, 3, 3, 3, 3, 3]])
def test_what_does_not_fit_a_message_is_refused(sizes: list[int | str]) -> None:
    with pytest.raises(ValueError, match="do not fit a message"):
        assert notice("text", groups=groups(sizes)).view


@given(st.lists(st.one_of(st.integers(0, 12), st.just(SELECT)), max_size=8))
def test_any_groups_keep_their_order_in_rows_that_discord_takes_or_are_refused(sizes: list[int | str]) -> None:
    there = groups(sizes)
    fewest = sum(1 if size == SELECT else -(-int(size) // IN_A_ROW) for size in sizes)
    try:
        rows = rows_of(there)
    except ValueError:
        assert fewest > BUTTON_ROWS
        return
    assert [*chain(*rows)] == [*chain(*there)]
    assert len(rows) == min(fewest, BUTTON_ROWS)
    assert all(1 <= sum(item.width for item in row) <= IN_A_ROW for row in rows)
    assert fewest > BUTTON_ROWS or all(any(group[0] is row[0] for row in rows) for group in there if group)


def test_a_message_shows_its_rows_in_the_order_of_its_groups() -> None:
    view = Screen([], groups([2, SELECT, 1])).view
    assert view is not None
    assert [len(row["components"]) for row in view.to_components()] == [2, 1, 1]
    assert [row["components"][0]["type"] for row in view.to_components()] == [2, 3, 2]


# -- ways to other pages --------------------------------------------------------------------------


def to(way: Literal["p", "n"], page: int) -> SearchPage:
    return SearchPage(way, 7, page)


def ids_of(items: Iterable[Item]) -> list[str | None]:
    return [item.custom_id for item in items if isinstance(item, ui.Button)]


@pytest.mark.parametrize(("page", "ways"), [(0, [to("n", 1)]), (1, [to("p", 0), to("n", 2)]), (2, [to("p", 1)])])
def test_no_way_leads_past_the_first_or_the_last(page: int, ways: list[SearchPage]) -> None:
    ids = [str(way) for way in ways]
    assert ids_of(page_buttons(to, page, 3)) == ids
    assert ids_of(part_buttons(lambda part: to("p" if part < page else "n", part), page, 3)) == ids
    listed = private_list("List", ["one", "two"], [[]], to, page, 3)
    assert ids_of(chain(*(listed.groups or ()))) == ids
    assert listed.embeds[0].description == "one\n\ntwo" and str(page + 1) in (listed.embeds[0].footer.text or "")


def test_what_is_one_page_has_no_ways_and_no_number() -> None:
    assert page_buttons(to, 0, 1) == part_buttons(lambda part: to("n", part), 0, 1) == []
    listed = private_list("List", [], [[]], to, 0, 1)
    assert listed.groups == [[]] and not listed.embeds[0].footer.text


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
    info = Info(card_with_all(QUESTIONS[0], QUESTIONS[1], REACTIONS), may_share=True)
    for number in range(1, pages + 1):
        page = open_page(number, pages, chapters, notes)
        end = PageEnd(REACTIONS, question, may_review=True) if page.is_last else None
        parts: list[Unfolded | None] = [None, *get_args(Unfolded)]
        screens = [
            page_screen(
                page,
                peek=peek,
                visit=Visit(Spot(6, 0), 3),
                end=end,
                unfolding=Unfolding(part, info if part == "info" else None) if part else None,
                length=length,
            )
            for part in parts
            for peek in (False, True)
            for length in (None, "phone")
            if not (peek and length)
        ]
        for screen in [*screens, more_screen(page), shared_page_screen(page, "ann", may_spoil=False)]:
            assert screen.view is not None
            assert_components(screen.view.to_components())


# -- reactions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("offered", [OFFERED, [Emoji(key) for key in "❤😭😂🔥🤔🦊"]], ids=["five", "six"])
@pytest.mark.parametrize("question", QUESTIONS, ids=["default", "own"])
def test_one_more_reaction_fits_every_message_that_offers_them(offered: Sequence[Emoji], question: Question) -> None:
    page, ids = open_page(2, 2, 30, ("a note",)), {each.key for each in offered}
    end, session = PageEnd(REACTIONS, question, may_review=True), SharedReading(5, 1)
    screens = [
        page_screen(page, peek=False, end=end, offered=offered, session=session),
        page_screen(page, peek=False, offered=offered, unfolding=Unfolding("react")),
        react_panel(page.story, REACTIONS, [], offered),
        end_screen(page.story, ShowCard(3), question=question, reactions=REACTIONS, offered=offered),
        card_screen(card_with_all(QUESTIONS[0], QUESTIONS[1], REACTIONS, offered=offered)),
    ]
    for screen in screens:
        assert screen.view is not None
        rows = screen.view.to_components()
        assert_components(rows)
        assert len([each for row in rows for each in row["components"] if "emoji" in each]) == len(ids)
        assert all(len(row["components"]) <= IN_A_ROW for row in rows)


def test_the_longest_custom_emoji_fit_the_form_of_the_reactions_on_offer() -> None:
    longest = [Emoji(str(2**64 - 1 - n), "n" * 32, animated=True, usable=True) for n in range(OFFERED_AT_MOST)]
    [field] = reactions_modal(longest).to_dict()["components"]
    assert len(field["component"]["value"]) <= field["component"]["max_length"]
    assert len(OFFERED) <= OFFERED_AT_MOST
