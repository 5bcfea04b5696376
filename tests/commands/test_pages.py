"""Reading: /read, its buttons, and the place that is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.stories.lengths import minutes
from bot.stories.model import Spot
from tests import samples
from tests.library import Library
from tests.screens import (
    behind_info,
    behind_more,
    card_for,
    chapter_options,
    chapters_in,
    go_to,
    go_to_chapter,
    info_of,
    read_at,
    to_last,
)
from tests.seen import Message, buttons_of, footer_of, ids_by_label, options_of, shown, text_of

pytestmark = pytest.mark.sqlite("it is about pages on the screen")


async def spot_of(library: Library, reader: int, title: str) -> Spot | None:
    place = await library.store.places.of(reader, await library.id_of(title))
    return place.spot if place else None


async def page_at(library: Library, title: str, chapter: int, page: int) -> Spot:
    entry = await library.store.stories.find(title)
    return await library.store.pages.spot(await library.store.stories.chapter(entry, chapter), page)


def as_dict(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else row.to_dict()


def prose_of(message: Message) -> str:
    """The page itself: the embed with the footer."""
    [text] = [embed.description for embed in message.embeds if embed.footer.text]
    return "\n".join(line for line in (text or "").split("\n") if not line.startswith(("-# ", "**"))).strip()


# -- turning pages --------------------------------------------------------------


async def test_a_story_opens_on_its_first_page_with_what_a_reader_wants_to_know(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    assert not opened.ephemeral
    assert "The Lighthouse Post" in text_of(opened) and "Orla Venn" in text_of(opened)
    assert prose_of(opened).startswith("The tide had been out for 3 hours")
    footer = footer_of(opened)
    words = (await library.store.stories.find("Lighthouse")).words
    assert footer == f"Page 1 of 6 · {minutes(words)}\u00a0min left"
    assert "Chapter" not in footer


async def test_the_footer_names_the_chapter_where_there_are_several(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words", chapter=2))
    assert footer_of(opened).startswith("Chapter 2 of 3 · Visiting page 1 of 2")
    assert "The Crossing" in text_of(opened)


async def test_buttons_turn_the_page_in_place(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    for label, page in [("Next", 2), ("Next", 3), ("Back", 2), ("Next", 3), ("Back", 2), ("Back", 1)]:
        turned = shown(await library.ann.click(opened, label=label))
        assert turned.id == opened.id
        assert f"Page {page} of 6" in footer_of(turned), label
    assert len(library.channel.history()) == 1


async def test_turning_every_page_shows_every_word_once(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words"))
    seen = [prose_of(opened)]
    for _ in range(5):
        seen.append(prose_of(shown(await library.ann.click(opened, label="Next"))))
    assert "The end" in footer_of(opened)
    words = " ".join(seen).split()
    assert words.count("ferryman.") == 9
    assert words[0] == "The" and words[-1] == 'again."'
    assert [word for word in words if word.startswith("slowly")] == [f"slowly{n}" for n in range(1, 4)]


async def test_a_page_has_one_row_in_which_next_keeps_its_place(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    assert list(buttons_of(page)) == ["Info", "Next", "React", "More"]
    await library.ann.click(page, label="Next")
    assert list(buttons_of(page)) == ["Back", "Next", "React", "More"]
    last = await to_last(library.ann, page)
    assert list(buttons_of(last))[-4:] == ["Back", "Next", "Review", "More"]
    rows = [[each.get("label") for each in row["components"]] for row in map(as_dict, last.components)]
    assert [len(row) for row in rows] == [5, 2, 4] and rows[1] == ["I want more", "Perfect as is"]
    assert all(buttons_of(last).values()), "nothing is shown that cannot be pressed"


async def test_a_story_of_one_page_has_nothing_to_turn_and_is_finished_when_opened(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="A Spoon for the King"))
    assert list(buttons_of(opened))[-4:] == ["Info", "Next", "Review", "More"]
    assert "I want more" in buttons_of(opened)
    assert "The end" in footer_of(opened)
    place = await library.store.places.of(library.ann.id, await library.id_of("A Spoon for the King"))
    assert place is not None and place.finished


async def test_a_story_is_finished_on_its_last_page_and_not_before(library: Library) -> None:
    story = await library.id_of("The Lighthouse Post")
    opened = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    await go_to(library.ann, opened, "6")
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and not place.finished
    while "Page 5 of 6" not in footer_of(opened):
        await library.ann.click(opened, label="Next")
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and not place.finished, "one more page is left"
    last = await to_last(library.ann, opened)
    assert "The end" in footer_of(last)
    await library.ann.click(last, label="Back")
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and place.finished


async def test_a_jump_is_a_visit_until_its_reader_turns_on_from_there_or_says_so(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    first = await page_at(library, "Lighthouse", 1, 1)
    there = await go_to(library.ann, opened, "6")
    assert there.id == opened.id and "Visiting page 6 of 6" in footer_of(there)
    await library.ann.click(there, label="Back")
    assert "Visiting page 5 of 6" in footer_of(opened)
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and place.spot == place.furthest == first and not place.finished
    await library.ann.click(opened, label="Next")
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and place.finished, "it is turned to from the page before"
    back = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=2, share=False))
    assert "Visiting page" in footer_of(back) and place.spot == await spot_of(library, library.ann.id, "Lighthouse")
    said = shown(await library.ann.click(back, label="Read here"))
    assert "Visiting page" not in footer_of(said)
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 2)
    assert "Page 2 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))


# -- options --------------------------------------------------------------------


async def test_chapter_and_page_open_right_there(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words", chapter=3, page=2))
    assert footer_of(opened) == "Chapter 3 of 3 · Visiting page 2 of 2"
    assert await spot_of(library, library.ann.id, "The Ferry of Words") is None


async def test_a_page_without_a_chapter_is_one_of_the_chapter_that_is_open(library: Library) -> None:
    second = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words", chapter=2, share=False))
    await library.ann.click(second, label="Read here")
    opened = shown(await library.ann.slash(library.channel, "read", page=2))
    assert footer_of(opened) == "Chapter 2 of 3 · Visiting page 2 of 2"


@pytest.mark.parametrize(
    ("options", "last"),
    [
        ({"story": "The Ferry of Words", "chapter": 4}, "3"),
        ({"story": "The Ferry of Words", "chapter": 99_999}, "3"),
    ],
)
async def test_a_chapter_that_is_not_there_is_answered_with_what_is(
    library: Library, options: dict[str, str | int], last: str
) -> None:
    said = library.refused(await library.ann.slash(library.channel, "read", **options))
    assert f"1 to {last}" in said
    assert await library.store.places.latest(library.ann.id) is None


@pytest.mark.parametrize(
    ("options", "there"),
    [
        ({"story": "The Ferry of Words", "chapter": 2, "page": 3}, "Chapter 2 of 3 · Visiting page 2 of 2"),
        ({"story": "The Lighthouse Post", "page": 999}, "Visiting page 6 of 6"),
        ({"story": "A Spoon for the King", "page": 2}, "Page 1 of 1 · The end"),
    ],
)
async def test_a_page_beyond_the_last_is_the_last(library: Library, options: dict[str, str | int], there: str) -> None:
    assert footer_of(shown(await library.ann.slash(library.channel, "read", **options))) == there


@pytest.mark.parametrize(
    "name",
    [
        "Nothing of That Name",
        "'; DROP TABLE stories; --",
        '" OR title MATCH "*',
        "title : NEAR(a b)",
        "#0",
        "#999999999999999999",
        "#99999999999999999999999",
        "# heading",
        "%",
        "\x00",
        " ",
        "🎏",
        "x" * 6000,
        "* " * 3000,
    ],
)
async def test_a_name_that_no_story_has_is_answered_kindly(library: Library, name: str) -> None:
    said = library.refused(await library.ann.slash(library.channel, "read", story=name))
    assert "/stories" in said
    assert len(said) < 400
    assert await library.store.stories.count() == 3


async def test_a_name_comes_back_as_it_was_typed(library: Library) -> None:
    typed = "*a* __b__ ||c|| `d` [e](https://example.org/) <@1> <#2> <t:0:R> <:f:3> @everyone"
    said = library.refused(await library.ann.slash(library.channel, "read", story=typed))
    live = re.sub(r"\\[!-/:-@\[-`{-~]", "", said)
    assert not re.search(r"\*a|__b|\|\|c|`d|\[e|<@|<#|<t:|<:|@e", live)


async def test_two_stories_of_one_title_are_asked_about_and_told_apart_by_the_list(library: Library) -> None:
    await library.load({"other.txt": samples.ONE_PAGE.replace("A Spoon for the King\n", "A SPOON for the King\n")})
    said = library.refused(await library.ann.slash(library.channel, "read", story="a spoon for the king"))
    assert "Several stories are called" in said
    offered = await library.ann.autocomplete(library.channel, "read", "story", "spoon")
    assert len({choice["value"] for choice in offered}) == 2
    for choice in offered:
        shown(await library.ann.slash(library.channel, "read", story=choice["value"]))


@pytest.mark.parametrize("name", ["the lighthouse post", "LIGHTHOUSE", "light", "Orla", "post  lighthouse", "Vénn"])
async def test_a_story_is_found_by_part_of_its_name_whatever_its_case_and_accents(library: Library, name: str) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story=name))
    assert "The Lighthouse Post" in text_of(opened)


# -- private or not -------------------------------------------------------------


async def test_where_reading_is_public_by_setting_the_option_still_decides(library: Library) -> None:
    assert not shown(await library.ann.slash(library.channel, "read", story="Spoon")).ephemeral
    assert shown(await library.ann.slash(library.channel, "read", story="Spoon", share=False)).ephemeral
    assert not shown(await library.ann.slash(library.channel, "read", story="Spoon", share=True)).ephemeral


async def test_where_reading_is_private_by_setting_the_option_still_decides(library: Library) -> None:
    await library.restart(private_reading=True)
    assert shown(await library.ann.slash(library.channel, "read", story="Spoon")).ephemeral
    assert not shown(await library.ann.slash(library.channel, "read", story="Spoon", share=True)).ephemeral
    card = await card_for(library.ann, library.channel, "Spoon")
    assert shown(await library.ann.click(card, label="Read")).ephemeral


async def test_a_private_page_is_turned_in_place_and_keeps_the_place(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    turned = shown(await library.ann.click(opened, label="Next"))
    assert turned.id == opened.id and turned.ephemeral
    assert "Page 2 of 6" in footer_of(turned)
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 2)


async def test_reading_in_a_direct_message_keeps_the_same_place(library: Library) -> None:
    opened = shown(await library.ann.user.slash("read", story="Lighthouse"))
    await library.ann.user.click(opened, label="Next")
    here = shown(await library.ann.slash(library.channel, "read"))
    assert "Page 2 of 6" in footer_of(here)


# -- places ---------------------------------------------------------------------


async def test_read_with_no_option_goes_on_in_the_story_last_turned(library: Library) -> None:
    light = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await library.ann.slash(library.channel, "read", story="Ferry")
    assert "The Fare" in text_of(shown(await library.ann.slash(library.channel, "read")))
    await library.ann.click(light, label="Next")
    again = shown(await library.ann.slash(library.channel, "read"))
    assert "4 hours" in text_of(again) and "Page 2 of 6" in footer_of(again)


async def test_read_with_a_story_goes_on_where_the_reader_stopped_in_it(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=3))
    await library.ann.click(page, label="Next")
    await library.ann.slash(library.channel, "read", story="Spoon")
    again = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert "Page 4 of 6" in footer_of(again)


async def test_a_place_survives_a_restart(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await library.ann.click(opened, label="Next")
    await library.restart()
    assert "Page 2 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))


async def test_with_nothing_begun_there_is_nothing_to_go_on_with(library: Library) -> None:
    await library.ben.slash(library.channel, "read", story="Lighthouse")
    said = library.refused(await library.ann.slash(library.channel, "read"))
    assert "/stories" in said


@pytest.mark.parametrize("private", [True, False])
async def test_a_place_is_on_disk_before_its_page_is_shown(
    library: Library, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=not private))
    story, places, kept = await library.id_of("Lighthouse"), library.store.places, list[int]()
    edit = discord.InteractionResponse.edit_message

    async def draw(response: Any, **screen: Any) -> Any:
        place = await places.of(library.ann.id, story)
        assert place is not None
        kept.append(place.spot.offset)
        return await edit(response, **screen)

    monkeypatch.setattr(discord.InteractionResponse, "edit_message", draw)
    for _ in range(2):
        await library.ann.click(page, label="Next")
    place = await places.of(library.ann.id, story)
    assert place is not None and 0 < kept[0] < kept[1] == place.spot.offset


async def test_two_readers_of_one_story_have_a_place_each(library: Library) -> None:
    anns = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    bens = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
    await library.ann.click(anns, label="Next")
    await to_last(library.ben, bens)
    await library.ann.click(anns, label="Next")
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 3)
    assert await spot_of(library, library.ben.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 6)


async def test_the_latest_turn_wins_wherever_it_was_made(library: Library) -> None:
    second = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    first = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=5))
    await library.ann.click(second, label="Next")
    await library.ann.click(first, label="Next")
    await library.ann.click(second, label="Next")
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 3)


# -- someone else's page --------------------------------------------------------


async def test_someone_elses_press_opens_a_private_copy_that_moves_neither_place(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    copy = shown(await library.ben.click(opened, label="Next"))
    assert copy.ephemeral and copy.id != opened.id
    assert "Visiting page 2 of 6" in footer_of(copy)
    assert "Page 1 of 6" in footer_of(opened)
    assert await spot_of(library, library.ben.id, "Lighthouse") is None
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 1)


async def test_a_copy_is_turned_by_itself_until_its_reader_goes_on_from_there(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    copy = shown(await library.ben.click(opened, label="Next"))
    turned = shown(await library.ben.click(copy, label="Back"))
    assert turned.id == copy.id and "Visiting page 1 of 6" in footer_of(turned)
    assert await spot_of(library, library.ben.id, "Lighthouse") is None

    copy = await go_to(library.ben, copy, "3")
    taken = shown(await library.ben.click(copy, label="Read here"))
    assert taken.id == copy.id and "Page 3 of 6" in footer_of(taken)
    assert "Visiting page" not in text_of(taken)
    assert await spot_of(library, library.ben.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 3)

    await library.ben.click(copy, label="Next")
    assert await spot_of(library, library.ben.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 4)
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 1)


async def test_peeking_at_the_last_page_does_not_finish_a_story(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    last = await go_to(library.ben, opened, "6")
    assert last.ephemeral and "I want more" in buttons_of(last)
    assert await library.store.places.of(library.ben.id, await library.id_of("Lighthouse")) is None


async def test_someone_elses_jump_and_chapter_open_copies_too(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    asked = await behind_more(library.ben, opened, "Go to…")
    copy = shown(await library.ben.submit_modal(asked, {"page": "2"}))
    assert copy.ephemeral and "Visiting page 2 of 2" in footer_of(copy)
    other = await go_to_chapter(library.ben, opened, "3. Ashore")
    assert other.ephemeral and "Chapter 3 of 3" in footer_of(other)
    assert "Chapter 1 of 3 · Page 1 of 2" in footer_of(opened)
    assert await library.store.places.latest(library.ben.id) is None


async def test_a_press_on_a_public_page_from_before_a_restart_knows_whose_it_is(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await library.restart()
    assert shown(await library.ben.click(opened, label="Next")).ephemeral
    turned = shown(await library.ann.click(opened, label="Next"))
    assert turned.id == opened.id and "Page 2 of 6" in footer_of(turned)


# -- chapters and jumps ---------------------------------------------------------


async def test_go_to_names_the_chapters_and_opens_them(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry", share=False))
    assert list(await chapters_in(library.ann, opened)) == ["1. The Fare", "2. The Crossing", "3. Ashore"]
    turned = await go_to_chapter(library.ann, opened, "3. Ashore")
    assert turned.id == opened.id
    assert footer_of(turned) == "Chapter 3 of 3 · Visiting page 1 of 2"
    assert list(buttons_of(turned)) == ["Read here", "Back to your place", "Back", "Next", "React", "More"]
    assert await spot_of(library, library.ann.id, "Ferry") == await page_at(library, "Ferry", 1, 1)


async def test_what_is_typed_goes_before_what_is_picked(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry", share=False))
    form = await behind_more(library.ann, opened, "Go to…")
    picked = chapter_options(form)[2]["value"]
    assert not any(each.get("default") for each in chapter_options(form))
    turned = shown(await library.ann.submit_modal(form, {"page": "ch 2", "chapter": [picked]}))
    assert footer_of(turned).startswith("Chapter 2 of 3")


async def test_a_story_without_chapters_offers_none(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert await chapters_in(library.ann, opened) == {}


async def test_of_many_chapters_those_around_the_open_one_are_offered(library: Library) -> None:
    paragraph = "The ferry left at the hour and came back before it, which the ferryman put down to the wind."
    many = "Title: The Long Crossing\n\n" + "\n\n".join(f"Chapter {n}: Mile {n}\n\n{paragraph}" for n in range(1, 61))
    await library.load({"many.txt": many})
    page = shown(await library.ann.slash(library.channel, "read", story="Long Crossing", chapter=40, share=False))
    offered = list(await chapters_in(library.ann, page))
    assert len(offered) == 25
    assert "40. Mile 40" in offered and "41. Mile 41" in offered and "39. Mile 39" in offered


async def test_a_visit_is_left_where_it_began(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    opened = shown(await library.ann.click(opened, label="Next"))
    visited = await go_to(library.ann, opened, "5")
    assert list(buttons_of(visited)) == ["Read here", "Back to page 2", "Back", "Next", "React", "More"]
    back = shown(await library.ann.click(visited, label="Back to page 2"))
    assert back.id == opened.id and footer_of(back).startswith("Page 2 of 6")
    assert list(buttons_of(back)) == ["Back", "Next", "React", "More"]


async def test_a_page_can_be_asked_for_by_number(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    asked = await behind_more(library.ann, opened, "Go to…")
    assert asked.modal is not None
    turned = shown(await library.ann.submit_modal(asked, {"page": " 5 "}))
    assert turned.id == opened.id and "Visiting page 5 of 6" in footer_of(turned)


@pytest.mark.parametrize("typed", ["five", "-1", "1.5", "٣", "'; --", "   "])
async def test_what_is_no_page_is_answered_with_what_is(library: Library, typed: str) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await behind_more(library.ann, opened, "Go to…")
    said = library.refused(await library.ann.submit_modal(asked, {"page": typed}))
    assert "1 to 6" in said
    assert "Page 1 of 6" in footer_of(opened)


# -- notes ----------------------------------------------------------------------


async def test_notes_before_stand_on_the_first_page_and_notes_after_under_the_last(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    [page] = opened.embeds
    assert 0 < str(page.description).index("be kind!") < str(page.description).index("The tide")
    assert "Let me know" not in text_of(opened)
    middle = shown(await library.ann.click(opened, label="Next"))
    assert "be kind!" not in text_of(middle) and "Let me know" not in text_of(middle)
    last = await to_last(library.ann, opened)
    texts = [str(embed.description) for embed in last.embeds]
    assert "be kind!" not in text_of(last)
    assert [text for text in texts if "Let me know" in text] == [texts[1]]
    assert "I want more" in buttons_of(last)


async def test_a_chapters_own_note_stands_before_its_first_page(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=2))
    assert "Chapter 2, enjoy!" in str(opened.embeds[0].description)
    assert "enjoy" not in text_of(shown(await library.ann.click(opened, label="Next")))


async def test_the_vote_stands_under_the_last_page_only(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert "I want more" not in buttons_of(opened) and "continue?" not in text_of(opened)
    last = await to_last(library.ann, opened)
    assert {"I want more", "Perfect as is"} <= buttons_of(last).keys()
    assert "Should this story continue?" in text_of(last)


async def test_a_long_note_is_clipped_beside_the_page_and_opens_whole_by_its_button(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story="Train"))
    assert "number 15 of the note" not in text_of(opened)
    part = shown(await behind_info(library.ann, opened, "Notes"))
    assert part.ephemeral and "Part 1 of 2" in text_of(part)
    whole = text_of(part)
    turned = shown(await library.ann.click(part, label="Next"))
    assert turned.id == part.id
    whole += text_of(turned)
    for n in range(1, 16):
        assert f"number {n} of the note" in whole
    assert "Page 1 of" in footer_of(opened)

    back = shown(await library.ann.click(part, label="Previous"))
    assert back.id == part.id
    assert "Part 1 of 2" in text_of(back)


async def test_a_long_note_after_opens_from_the_last_page_for_anyone(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story="Train"))
    last = await to_last(library.ann, opened)
    whole = shown(await behind_info(library.ben, last, "Notes"))
    assert whole.ephemeral
    assert "number 5 of the note" in text_of(whole)


async def test_about_shows_the_card_privately(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    card = shown(await library.ben.click(opened, label="Info"))
    assert card.ephemeral
    assert "Bottles come in with every tide" in text_of(card)


# -- what happens between two clicks --------------------------------------------


async def test_every_button_of_a_page_works_after_a_restart(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    for label in ("Next", "Back", "Info", "React", "More"):
        await library.restart()
        result = await library.ann.click(opened, label=label)
        assert result.modal is not None or shown(result).embeds, label
    more = shown(await library.ann.click(opened, label="More"))
    for label in ("Go to…", "Bookmark", "Quote"):
        await library.restart()
        result = await library.ann.click(more, label=label)
        assert result.modal is not None or shown(result).embeds, label
    for label in ("Share here", "Read together", "Add to list", "Follow", "Back"):
        info = shown(await library.ann.click(opened, label="Info"))
        await library.restart()
        assert shown(await library.ann.click(info, label=label)).embeds, label


async def test_a_number_typed_across_a_restart_is_not_lost(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await behind_more(library.ann, opened, "Go to…")
    await library.restart()
    turned = shown(await library.ann.submit_modal(asked, {"page": "4"}))
    assert turned.ephemeral and "Visiting page 4 of 6" in footer_of(turned)


async def test_a_button_of_a_story_that_was_taken_away_says_so(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await behind_more(library.ann, opened, "Go to…")
    await library.take_away("lighthouse.txt")
    results: list[InteractionResult] = [
        await library.ann.click(opened, label="Next"),
        await library.ben.click(opened, label="Next"),
        await library.ann.click(opened, label="Info"),
        await library.ann.click(opened, label="More"),
        await library.ann.submit_modal(asked, {"page": "2"}),
        await library.ann.slash(library.channel, "read"),
    ]
    for result in results[:-1]:
        assert "no longer in the library" in library.refused(result)
    assert "haven't started a story" in library.refused(results[-1])


async def test_a_story_that_comes_back_opens_where_the_reader_was(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=2))
    await library.ann.click(opened, label="Next")
    await library.take_away("lighthouse.txt")
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE})
    assert "Page 3 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))
    assert "Page 4 of 6" in footer_of(shown(await library.ann.click(opened, label="Next")))


async def test_a_button_pressed_after_an_edit_opens_the_page_that_now_holds_its_offset(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=3))
    asked = await page_at(library, "Lighthouse", 1, 4)
    prefix = "Everything here happened on one and the same afternoon, although no two of us will say which.\n\n"
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("----\n\n", f"----\n\n{prefix * 9}")})
    turned = shown(await library.ann.click(opened, label="Next"))
    now = await library.store.pages.open(asked)
    assert now.spot.offset <= asked.offset < now.spot.offset + len(now.text)
    assert prose_of(turned).split()[:12] == now.text.split()[:12]
    assert await spot_of(library, library.ann.id, "Lighthouse") == now.spot


async def test_a_place_is_found_again_by_its_passage_after_an_edit(library: Library) -> None:
    await library.ann.click(
        shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=3)), label="Next"
    )
    place = await spot_of(library, library.ann.id, "Lighthouse")
    assert place is not None
    passage = (await library.store.pages.open(place)).text[:80]
    prefix = "Everything here happened on one and the same afternoon, although no two of us will say which.\n\n"
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("----\n\n", f"----\n\n{prefix * 30}")})
    again = shown(await library.ann.slash(library.channel, "read"))
    assert " ".join(passage.split()) in " ".join(prose_of(again).split())


async def test_a_page_of_a_chapter_that_was_cut_out_says_so(library: Library) -> None:
    second = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=2, page=2))
    opened = shown(await library.ann.click(second, label="Next"))
    await library.load({"ferry.txt": samples.FERRY.split("Chapter 3:")[0]})
    said = library.refused(await library.ann.click(opened, label="Next"))
    assert "The Ferry of Words" in said and "/read" in said
    again = shown(await library.ann.slash(library.channel, "read"))
    assert "of 2 · Page" in footer_of(again)


async def test_a_note_that_an_edit_took_away_is_not_mistaken_for_a_story_that_is_gone(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story="Train"))
    more = await info_of(library.ann, opened)
    await library.load({"noted.txt": "Title: The Train to Nowhere Much\n\n" + samples.NOTED.split("----\n\n")[1]})
    said = library.refused(await library.ann.click(more, label="Notes"))
    assert "That story is no longer in the library" not in said


# -- every part as long and as loud as it gets ----------------------------------


async def test_the_loudest_story_stays_within_limits_and_pings_nobody(library: Library) -> None:
    await library.load({"loud.txt": samples.LOUD})
    [choice] = await library.ann.autocomplete(library.channel, "read", "story", "everyone")
    opened = shown(await library.ann.slash(library.channel, "read", story=choice["value"]))
    await behind_info(library.ben, opened, "Notes")
    await library.ben.click(opened, label="Info")
    asked = await behind_more(library.ann, opened, "Go to…")
    assert asked.modal is not None
    await library.ann.click(opened, label="Next")
    pages = (await library.store.stories.find(choice["value"])).pages
    last = shown(await read_at(library, library.ann, story=choice["value"], page=pages))
    await behind_info(library.ben, last, "Notes")
    await library.ben.click(last, label="I want more")
    for command in ("stories", "react", "review", "vote"):
        shown(await library.ann.slash(library.channel, command, story=choice["value"]))
    shown(await library.ann.slash(library.channel, "stories", share=True))
    for message in library.channel.history():
        assert not message.mentions and not message.mention_everyone and not message.role_mentions


async def test_the_first_row_of_buttons_stays_one_row_on_a_phone(library: Library) -> None:
    for command in ("read", "stories", "quote"):
        message = shown(await library.ann.slash(library.channel, command, story="Lighthouse"))
        assert 1 < len(message.components[0]["components"]) <= 4


async def test_ids_of_a_page_say_all_that_is_needed(library: Library) -> None:
    """A button's id carries the very spot, so that it means the same years later."""
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    second = await page_at(library, "Lighthouse", 1, 2)
    assert ids_by_label(opened)["Next"] == f"p1:n:0:{second.chapter}:{second.offset}"


# -- what unfolds under a page --------------------------------------------------


async def test_what_is_rarer_unfolds_under_ones_own_page_and_folds_again(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    plain = list(buttons_of(page))
    for label, unfolded in (("More", "Go to…"), ("React", "❤\ufe0f")):
        opened = shown(await library.ann.click(page, label=label))
        shows = json.dumps([as_dict(row) for row in opened.components], ensure_ascii=False)
        assert opened.id == page.id and unfolded in shows and "Page 1 of 6" in footer_of(opened)
        assert list(buttons_of(opened))[-4:] == plain
        folded = shown(await library.ann.click(page, label=label))
        assert len(folded.components) == 1 and list(buttons_of(folded)) == plain
    await library.ann.click(page, label="More")
    turned = shown(await library.ann.click(page, label="Next"))
    assert turned.id == page.id and len(turned.components) == 1 and "Page 2 of 6" in footer_of(turned)


async def test_more_of_a_public_page_is_private_and_leads_to_a_private_copy(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=True))
    for reader in (library.ann, library.ben):
        more = shown(await reader.click(page, label="More"))
        assert more.ephemeral and more.id != page.id and "The Lighthouse Post" in text_of(more)
        copy = await go_to(reader, page, "4")
        assert copy.ephemeral and "Visiting page 4 of 6" in footer_of(copy)
    assert "Page 1 of 6" in footer_of(page) and len(page.components) == 1


async def test_the_length_of_pages_is_asked_for_once(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    drawn = shown(await library.ann.select(page, ["desktop"]))
    assert drawn.id == page.id and "Page 1 of 3" in footer_of(drawn) and len(drawn.components) == 1
    assert (await library.store.settings.of_reader(library.ann.id)).page_length == "desktop"
    again = shown(await library.ann.slash(library.channel, "read", story="Ferry", share=False))
    assert len(again.components) == 1


async def test_the_length_of_pages_is_not_asked_for_where_all_see_it(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=True))
    assert len(page.components) == 1


async def test_a_page_is_shared_with_who_shares_it_and_does_not_turn(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    shared = shown(await behind_info(library.ann, page, "Share here"))
    assert not shared.ephemeral and shared.id != page.id
    assert footer_of(shared) == "ann shared page 1 of 6" and "The Lighthouse Post" in text_of(shared)
    assert list(buttons_of(shared)) == ["Read here", "Info", "React"]
    await library.restart()
    copy = shown(await library.ben.click(shared, label="Read here"))
    assert copy.ephemeral and "Page 1 of 6" in footer_of(copy)


async def test_a_shared_page_from_later_in_a_long_story_is_under_a_spoiler(library: Library) -> None:
    await library.load({"kettle.txt": samples.sized("Kettle", 12)})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle", page=9, share=False))
    shared = shown(await behind_info(library.ann, page, "Share here"))
    told = str(shared.embeds[0].description)
    assert "Possible spoiler" in told and told.count("||") == 2 and told.endswith("||")
    copy = shown(await library.ben.click(shared, label="Read here"))
    assert "Visiting page 9 of 12" in footer_of(copy)


async def test_who_may_not_write_here_shares_no_page(library: Library) -> None:
    await library.load({"mine.txt": "Title: Mine Alone\nSharing: no\n\n" + samples.ONE_PAGE.split("\n\n", 1)[1]})
    alone = shown(await library.ann.slash(library.channel, "read", story="Mine Alone", share=True))
    assert alone.ephemeral and "Share here" not in buttons_of(await info_of(library.ann, alone))
    mute = discord.PermissionOverwrite(send_messages=False)
    closed = library.ann.guild.create_text_channel("closed", overwrites={library.ann.guild.default_role: mute})
    page = shown(await library.ann.slash(closed, "read", story="Lighthouse", share=False))
    more = await info_of(library.ann, page)
    assert "can't post" in library.refused(await library.ann.click(more, label="Share here"))


async def test_after_the_last_page_comes_what_to_read_next(library: Library) -> None:
    words = samples.ONE_PAGE.split("\n\n", 1)[1]
    await library.load({"next.txt": f"Title: The Second Post\nAuthor: Orla Venn\n\n{words}"})
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Ferry"), "later")
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", share=False))
    last = await to_last(library.ann, page)
    offered = shown(await library.ann.click(last, label="Next"))
    assert offered.id == page.id and offered.embeds[0].title == "What next?"
    assert list(options_of(offered))[:2] == ["The Second Post", "The Ferry of Words"]
    assert "More by this author" in text_of(offered) and "On your Later list" in text_of(offered)
    back = shown(await library.ann.click(offered, label="Back"))
    assert back.id == page.id and "Page 6 of 6 · The end" in footer_of(back)
    await library.restart()
    again = shown(await library.ann.click(back, label="Next"))
    opened = shown(await library.ann.select(again, [options_of(again)["The Ferry of Words"]]))
    assert opened.id == page.id and "Chapter 1 of 3" in footer_of(opened)
    assert await spot_of(library, library.ann.id, "Ferry") == await page_at(library, "Ferry", 1, 1)


async def test_what_next_leads_to_the_library(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Spoon", share=False))
    offered = shown(await library.ann.click(page, label="Next"))
    listed = shown(await library.ann.click(offered, label="Library"))
    assert listed.id == page.id and "The Lighthouse Post" in text_of(listed)


async def finish(library: Library, story: str) -> None:
    await to_last(library.ann, shown(await library.ann.slash(library.channel, "read", story=story)))


async def test_read_after_the_end_of_a_story_goes_on_with_what_the_reader_has_begun(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Ferry")
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Spoon"), "later")
    await finish(library, "Lighthouse")
    assert "The Fare" in text_of(shown(await library.ann.slash(library.channel, "read")))


async def test_read_after_the_end_of_a_story_goes_on_with_the_list_later(library: Library) -> None:
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Ferry"), "later")
    await finish(library, "Lighthouse")
    assert "The Fare" in text_of(shown(await library.ann.slash(library.channel, "read")))


async def test_a_first_read_opens_what_the_reader_keeps_for_later(library: Library) -> None:
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Ferry"), "later")
    assert "The Fare" in text_of(shown(await library.ann.slash(library.channel, "read")))


async def test_read_after_the_end_of_a_story_with_nothing_on_the_lists_offers_what_is_next(library: Library) -> None:
    await finish(library, "Lighthouse")
    offered = shown(await library.ann.slash(library.channel, "read", share=False))
    assert offered.ephemeral and offered.embeds[0].title == "What next?"
    assert "You finished **The Lighthouse Post**." in text_of(offered)
    back = shown(await library.ann.click(offered, label="Back"))
    assert "Page 6 of 6 · The end" in footer_of(back)


async def test_read_again_from_the_middle_of_a_finished_story_goes_on_there(library: Library) -> None:
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Ferry"), "later")
    await finish(library, "Lighthouse")
    last = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await library.ann.click(last, label="Back")
    assert "Page 5 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))


async def test_a_finished_story_with_a_new_chapter_is_gone_on_with(library: Library) -> None:
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Ferry"), "later")
    await library.load({"kites.txt": "Title: Kites\n\nChapter 1\n\nIt rose."})
    await finish(library, "Kites")
    await library.load({"kites.txt": "Title: Kites\n\nChapter 1\n\nIt rose.\n\nChapter 2\n\nIt fell."})
    assert "It rose." in text_of(shown(await library.ann.slash(library.channel, "read")))


async def test_the_next_of_a_series_is_offered_first(library: Library) -> None:
    words = samples.ONE_PAGE.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]
    await library.load(
        {f"t{n}.txt": f"Title: Tide {n}\nAuthor: Mo Reed\nSeries: Part {n} of The Tides\n\n{words}" for n in (1, 3, 2)}
    )
    page = shown(await library.ann.slash(library.channel, "read", story="Tide 1", share=False))
    offered = shown(await library.ann.click(page, label="Next"))
    assert list(options_of(offered))[:2] == ["Tide 2", "Tide 3"] and "Next in the series" in text_of(offered)


# -- before the first page ------------------------------------------------------


GRIM = "Title: The Grim Well\nRating: Teen\nWarnings: Major Character Death, Grief\nFandom: Wells\n\n"


async def test_rating_warnings_and_fandom_stand_above_the_first_page_only(library: Library) -> None:
    await library.load({"grim.txt": GRIM + samples.sized("x", 4).split("\n\n", 1)[1]})
    page = shown(await library.ann.slash(library.channel, "read", story="Grim"))
    quiet = str(page.embeds[0].description).split("\n")[0]
    assert quiet == "-# Teen · Warnings: Major Character Death, Grief · Wells · 2\u00a0min"
    assert "Warnings" not in text_of(shown(await library.ann.click(page, label="Next")))


async def test_a_reader_is_asked_about_the_warnings_that_they_named(library: Library) -> None:
    await library.load({"grim.txt": GRIM + samples.sized("x", 4).split("\n\n", 1)[1]})
    settings = shown(await library.ann.slash(library.channel, "settings"))
    modal = await library.ann.click(shown(await library.ann.click(settings, label="More")), label="Warnings…")
    await library.restart()
    await library.ann.submit_modal(modal, {"warnings": "spiders, character DEATH"})
    asked = shown(await library.ann.slash(library.channel, "read", story="Grim"))
    assert asked.ephemeral and "Major Character Death" in text_of(asked) and "Grief" not in text_of(asked)
    left = shown(await library.ann.click(asked, label="Not today"))
    assert not buttons_of(left) and await library.store.places.of(library.ann.id, await library.id_of("Grim")) is None
    again = shown(await library.ann.slash(library.channel, "read", story="Grim"))
    await library.restart()
    page = shown(await library.ann.click(again, label="Show me"))
    assert page.id == again.id and "Page 1 of" in footer_of(page)
    assert "Page 1 of" in footer_of(shown(await library.ann.slash(library.channel, "read"))), "asked once"
    assert "Page 1 of" in footer_of(shown(await library.ben.slash(library.channel, "read", story="Grim")))
