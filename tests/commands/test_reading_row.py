"""The row that turns pages is the last of its message.

A client keeps the bottom of a channel in view. So under a thumb that rests on a button of the last row stands, after
the press, what is as far from the left in the last row of the new screen.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.actors import MemberActor

from bot.domain.places import SharedReading
from bot.stories.model import OpenPage
from bot.ui.ids import (
    AnotherStory,
    AskReview,
    AskTurner,
    ShowCard,
    StoryListPage,
    TurnPage,
    Unfolded,
    UnfoldPage,
    WhatNext,
)
from bot.ui.pages import Info, PageEnd, Unfolding, Visit, page_screen
from tests.library import Library
from tests.screens import go_to, to_last
from tests.seen import Message, ids_by_label, reaction_id, rows_of, shown
from tests.ui.longest import ASKED, PLACE, card_with_all, opens
from tests.votes import votes_of

on_a_screen = pytest.mark.sqlite("it is about what stands on the screen")

HARMLESS = tuple(
    kind.PREFIX for kind in (TurnPage, UnfoldPage, WhatNext, ShowCard, AskReview, AnotherStory, StoryListPage)
)
"""Ids that turn, open or ask, for whoever presses alone."""


def last_row(message: Message) -> list[str]:
    """The custom ids of the last row, from the left."""
    return [each["custom_id"] for each in rows_of(message)[-1]]


def assert_harmless(message: Message, where: str) -> None:
    assert [each for each in last_row(message) if each.split(":")[0] not in HARMLESS] == [], where


async def unfolded(reader: MemberActor, page: Message) -> AsyncIterator[tuple[str, Message]]:
    """The page as it is, and with each of its parts unfolded in the same message; at last it is as it was."""
    yield "nothing", page
    for label in ("React", "More"):
        if label in ids_by_label(page):
            yield label, shown(await reader.click(page, label=label))
            if label == "More":
                yield "Info", shown(await reader.click(page, label="Info"))
                await reader.click(page, label="Back")
            else:
                await reader.click(page, label=label)


@on_a_screen
@pytest.mark.parametrize("story", ["Lighthouse", "Ferry", "Spoon"])
async def test_whoever_taps_on_in_the_last_row_never_votes_reacts_or_shares(library: Library, story: str) -> None:
    ann, screens = library.ann, 0
    page = shown(await ann.slash(library.channel, "read", story=story, share=False))
    while True:
        async for part, screen in unfolded(ann, page):
            assert screen.id == page.id
            assert_harmless(screen, part)
            assert last_row(screen)[1] == ids_by_label(screen)["Next"], part
            screens += 1
        if ids_by_label(page)["Next"].startswith(WhatNext.PREFIX):
            break
        page = shown(await ann.click(page, label="Next"))
    assert screens >= 2
    offered = shown(await ann.click(page, custom_id=last_row(page)[1]))
    assert_harmless(offered, "what comes after the last page")
    assert (await votes_of(library.store, await library.id_of(story))).all == 0


@on_a_screen
async def test_a_second_tap_on_next_votes_for_nothing(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    for _ in range(4):
        await library.ann.click(page, label="Next")
    thumb = last_row(page).index(ids_by_label(page)["Next"])
    await library.ann.click(page, label="Next")
    again = await library.ann.click(page, custom_id=last_row(page)[thumb])
    assert shown(again).id == page.id and shown(again).embeds[0].title == "What next?" and not again.followups
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).all == 0


@on_a_screen
async def test_on_a_visit_the_row_is_last_below_the_reactions_and_the_vote(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    visit = await go_to(library.ann, page, "6")
    assert [row[0].get("label") for row in rows_of(visit)] == ["Read here", None, "I want more", "Back"]


@on_a_screen
async def test_votes_and_reactions_leave_the_row_where_it_is(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=True))
    last = await to_last(library.ann, page)
    before = last_row(last)
    assert before[1].startswith(WhatNext.PREFIX)
    for reader, custom_id in (
        (library.ann, ids_by_label(last)["I want more"]),
        (library.ben, reaction_id(last, "🔥")),
        (library.ben, ids_by_label(last)["Perfect as is"]),
    ):
        await reader.click(last, custom_id=custom_id)
        assert last_row(library.channel.history()[-1]) == before


@on_a_screen
async def test_a_last_page_that_was_sent_with_its_row_on_top_still_answers(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=True))
    last = await to_last(library.ann, page)
    *above, row = [{"type": 1, "components": row} for row in rows_of(last)]
    library.env.backend.edit_message(library.channel.id, last.id, {"components": [row, *above]})
    await library.restart()
    await library.ann.click(last, label="I want more")
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).all == 1
    assert last_row(library.channel.history()[-1])[1].startswith(WhatNext.PREFIX), "drawn again as it is sent today"


@on_a_screen
async def test_who_hands_over_the_turning_finds_that_above_the_reactions(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Lighthouse", together=True)
    [thread] = library.channel.threads
    [page] = [message for message in thread.history() if message.components]
    assert [row[0]["label"] for row in rows_of(page)] == ["Hand over", "Info"]
    for _ in range(5):
        await library.ann.click(page, label="Next")
    [last] = [message for message in thread.history() if message.components]
    assert [row[0].get("label") for row in rows_of(last)] == ["Hand over", None, "I want more", "Back"]


@given(opens, st.booleans(), st.sampled_from([None, "react", "more", "info"]), st.booleans(), st.booleans())
def test_the_row_is_last_whatever_else_stands_under_a_page(
    page: OpenPage, peek: bool, part: Unfolded | None, together: bool, reviews: bool
) -> None:
    info = Info(card_with_all(ASKED, ASKED), may_share=True) if part == "info" else None
    screen = page_screen(
        page,
        peek=peek,
        visit=Visit(PLACE.spot, 3),
        end=PageEnd([], ASKED, may_review=reviews) if page.is_last else None,
        unfolding=Unfolding(part, info) if part else None,
        session=SharedReading(1, 2) if together and not part else None,
    )
    assert screen.view is not None
    rows = [[each["custom_id"].split(":")[0] for each in row["components"]] for row in screen.view.to_components()]
    back, on, *asks, more_or_fold = rows[-1]
    assert back in (UnfoldPage.PREFIX, TurnPage.PREFIX) and on in (TurnPage.PREFIX, WhatNext.PREFIX)
    assert more_or_fold == UnfoldPage.PREFIX and set(asks) <= {UnfoldPage.PREFIX, AskReview.PREFIX}
    assert (rows[0] == [AskTurner.PREFIX]) == (together and not part)
