"""What a reader does on their own page or card is said there, in one line, and pushes nothing away."""

from __future__ import annotations

import pytest
from simcord.results import InteractionResult

from tests.library import Library
from tests.screens import behind_info, behind_more, info_of, read_at, to_last
from tests.seen import Message, buttons_of, footer_of, ids_by_label, rows_of, shown, text_of

pytestmark = pytest.mark.sqlite("it is about what stands on the screen")


async def own_page(library: Library, **options: object) -> Message:
    return shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False, **options))


def assert_said_in(result: InteractionResult, page: Message, line: str) -> Message:
    """The pressed message, which says what was done, and nothing else was sent."""
    said = shown(result)
    assert said.id == page.id and not result.followups
    assert text_of(said).count(line) == 1
    return said


async def test_a_bookmark_is_said_in_the_page_until_the_next_turn_and_more_stays_open(library: Library) -> None:
    page = await own_page(library)
    form = await behind_more(library.ann, page, "Bookmark")
    await library.restart()
    said = assert_said_in(
        await library.ann.submit_modal(form, {"note": "the *lid*"}), page, "Bookmarked: the \\*lid\\*"
    )
    assert "Go to…" in buttons_of(said)
    form = await library.ann.click(page, label="Bookmark")
    assert_said_in(await library.ann.submit_modal(form, {"note": ""}), page, "Bookmarked")
    assert "Bookmarked" not in text_of(shown(await library.ann.click(page, label="Next")))


async def test_an_answer_is_said_in_the_page_and_marked_there(library: Library) -> None:
    last = await to_last(library.ann, await own_page(library))
    said = assert_said_in(await library.ann.click(last, label="I want more"), last, "Your vote is in!")
    assert "I want more ✓" in buttons_of(said)
    assert "Your vote is in!" not in text_of(shown(await library.ann.click(last, label="Back")))
    details = shown(await behind_info(library.ann, last, "Vote"))
    assert {"Remove vote", "Notify me"} <= set(buttons_of(details))
    told = assert_said_in(await library.ann.click(details, label="Notify me"), details, "You're following this story.")
    assert "Remove vote" in buttons_of(told)


async def test_where_all_see_the_page_an_answer_is_confirmed_privately(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=True))
    [receipt] = (await library.ann.click(await to_last(library.ann, page), label="I want more")).followups
    assert receipt.ephemeral and "Your vote is in!" in text_of(receipt)


async def test_ones_own_reaction_is_marked_on_the_last_page_too(library: Library) -> None:
    last = await to_last(library.ann, await own_page(library))
    [heart] = [each for row in rows_of(last) for each in row if each["custom_id"].endswith("❤")]
    assert heart["style"] == 2
    drawn = shown(await library.ann.click(last, custom_id=heart["custom_id"]))
    [heart] = [each for row in rows_of(drawn) for each in row if each["custom_id"].endswith("❤")]
    assert heart["style"] == 1
    back = shown(await library.ann.click(shown(await library.ann.click(last, label="Back")), label="Next"))
    assert [each["style"] for row in rows_of(back) for each in row if each["custom_id"].endswith("❤")] == [1]


@pytest.mark.parametrize("where", ["card", "page"])
async def test_following_and_lists_unfold_in_a_card_and_a_page(library: Library, where: str) -> None:
    if where == "card":
        shows = shown(await library.ann.slash(library.channel, "stories", story="Lighthouse", share=False))
    else:
        shows = await info_of(library.ann, await own_page(library))
    last_row = [each["custom_id"] for each in rows_of(shows)[-1]]
    panel = assert_said_in(await library.ann.click(shows, label="Follow"), shows, "You're not following this story.")
    await library.restart()
    said = assert_said_in(await library.ann.click(panel, label="Follow story"), shows, "You're following this story.")
    assert "Unfollow story" in buttons_of(said)
    assert [each["custom_id"] for each in rows_of(said)[-1]] == last_row, "it stays under the thumb"


async def test_later_is_said_on_ones_card(library: Library) -> None:
    card = shown(await library.ann.slash(library.channel, "stories", story="Lighthouse", share=False))
    assert_said_in(await library.ann.click(card, label="Later"), card, "Kept for later")
    assert_said_in(await library.ann.click(card, label="Later"), card, "No longer kept")


async def test_info_stands_in_the_place_of_the_page_and_back_returns_to_it(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=3, share=False))
    text = text_of(page)
    info = await info_of(library.ann, page)
    assert info.id == page.id and "Bottles come in with every tide" in text_of(info)
    assert footer_of(info).startswith("Page 3 of 6")
    assert ids_by_label(info)["Next"] == ids_by_label(page)["Next"]
    back = shown(await library.ann.click(info, label="Back"))
    assert back.id == page.id and text_of(back) == text


async def test_info_of_a_page_that_all_see_opens_privately_with_all_that_is_rare(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=True))
    info = shown(await library.ben.click(page, label="Info"))
    assert info.ephemeral and {"Vote", "Share here", "Read together", "Add to list", "Follow"} <= set(buttons_of(info))


async def test_a_finished_story_opens_at_its_end_and_starts_over_with_one_press(library: Library) -> None:
    last = await to_last(library.ann, await own_page(library))
    assert "Start over" not in buttons_of(last)
    again = await own_page(library)
    assert footer_of(again).endswith("The end") and next(iter(buttons_of(again))) == "Start over"
    first = shown(await library.ann.click(again, label="Start over"))
    assert first.id == again.id and footer_of(first).startswith("Page 1 of 6")
    assert footer_of(shown(await library.ann.slash(library.channel, "read"))).startswith("Page 1 of 6")
