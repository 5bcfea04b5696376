"""Reading: /read, its buttons, and the place that is kept."""

from __future__ import annotations

import re

import pytest
from simcord.results import InteractionResult

from bot.stories.lengths import minutes
from bot.stories.model import Spot
from tests import samples
from tests.conftest import (
    Library,
    Message,
    buttons_of,
    components_of,
    footer_of,
    ids_by_label,
    options_of,
    shown,
    text_of,
)
from tests.screens import card_for


async def spot_of(library: Library, reader: int, title: str) -> Spot | None:
    place = await library.store.places.of(reader, await library.id_of(title))
    return place.spot if place else None


async def page_at(library: Library, title: str, chapter: int, page: int) -> Spot:
    entry = await library.store.stories.find(title)
    return await library.store.pages.spot(await library.store.stories.chapter(entry, chapter), page)


def prose_of(message: Message) -> str:
    """The page itself: the embed with the footer."""
    [text] = [embed.description for embed in message.embeds if embed.footer.text]
    return text or ""


# -- turning pages --------------------------------------------------------------


async def test_a_story_opens_on_its_first_page_with_what_a_reader_wants_to_know(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    assert not opened.ephemeral
    assert "The Lighthouse Post" in text_of(opened) and "Orla Venn" in text_of(opened)
    assert prose_of(opened).startswith("The tide had been out for 3 hours")
    footer = footer_of(opened)
    words = (await library.store.stories.find("Lighthouse")).words
    assert footer.startswith("Page 1 of 6 · 10% · ") and f"about {minutes(words)} min left" in footer
    assert "Chapter" not in footer


async def test_the_footer_names_the_chapter_where_there_are_several(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words", chapter=2))
    assert footer_of(opened).startswith("Chapter 2 of 3 · Page 1 of 2 · ")
    assert "The Crossing" in text_of(opened)


async def test_buttons_turn_the_page_in_place(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    for label, page in [("Next", 2), ("Next", 3), ("Previous", 2), ("Last", 6), ("Previous", 5), ("First", 1)]:
        turned = shown(await library.ann.click(opened, label=label))
        assert turned.id == opened.id
        assert f"Page {page} of 6" in footer_of(turned), label
    assert len(library.channel.history()) == 1


async def test_turning_every_page_shows_every_word_once(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words"))
    seen = [prose_of(opened)]
    for _ in range(5):
        seen.append(prose_of(shown(await library.ann.click(opened, label="Next"))))
    assert not buttons_of(opened)["Next"]
    words = " ".join(seen).split()
    assert words.count("ferryman.") == 9
    assert words[0] == "The" and words[-1] == 'again."'
    assert [word for word in words if word.startswith("slowly")] == [f"slowly{n}" for n in range(1, 4)]


async def test_buttons_that_lead_nowhere_cannot_be_pressed(library: Library) -> None:
    first = shown(await library.ann.slash(library.channel, "read", story="The Lighthouse Post"))
    can_press = buttons_of(first)
    assert not can_press["First"] and not can_press["Previous"]
    assert can_press["Next"] and can_press["Last"] and can_press["Go to page…"]
    last = buttons_of(shown(await library.ann.click(first, label="Last")))
    assert not last["Next"] and not last["Last"]
    assert last["First"] and last["Previous"]


async def test_a_story_of_one_page_has_nothing_to_turn_and_is_finished_when_opened(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="A Spoon for the King"))
    assert not {"First", "Previous", "Next", "Last", "Go to page…"} & buttons_of(opened).keys()
    assert "Continue it" in buttons_of(opened)
    assert "100%" in footer_of(opened)
    place = await library.store.places.of(library.ann.id, await library.id_of("A Spoon for the King"))
    assert place is not None and place.finished


async def test_a_story_is_finished_on_its_last_page_and_not_before(library: Library) -> None:
    story = await library.id_of("The Lighthouse Post")
    opened = await library.ann.slash(library.channel, "read", story="The Lighthouse Post", page=5)
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and not place.finished
    last = shown(await library.ann.click(shown(opened), label="Next"))
    assert "100%" in footer_of(last)
    await library.ann.click(last, label="First")
    place = await library.store.places.of(library.ann.id, story)
    assert place is not None and place.finished


# -- options --------------------------------------------------------------------


async def test_chapter_and_page_open_right_there(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="The Ferry of Words", chapter=3, page=2))
    assert footer_of(opened).startswith("Chapter 3 of 3 · Page 2 of 2 · 100%")
    assert await spot_of(library, library.ann.id, "The Ferry of Words") == await page_at(
        library, "The Ferry of Words", 3, 2
    )


async def test_a_page_without_a_chapter_is_one_of_the_chapter_that_is_open(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="The Ferry of Words", chapter=2)
    opened = shown(await library.ann.slash(library.channel, "read", page=2))
    assert footer_of(opened).startswith("Chapter 2 of 3 · Page 2 of 2")


@pytest.mark.parametrize(
    ("options", "last"),
    [
        ({"story": "The Ferry of Words", "chapter": 4}, "3"),
        ({"story": "The Ferry of Words", "chapter": 99_999}, "3"),
        ({"story": "The Ferry of Words", "chapter": 2, "page": 3}, "2"),
        ({"story": "The Lighthouse Post", "page": 7}, "6"),
        ({"story": "The Lighthouse Post", "page": 1_000_000}, "6"),
    ],
)
async def test_a_chapter_or_page_that_is_not_there_is_answered_with_what_is(
    library: Library, options: dict[str, str | int], last: str
) -> None:
    said = library.refused(await library.ann.slash(library.channel, "read", **options))
    assert f"1 to {last}" in said
    assert await library.store.places.latest(library.ann.id) is None


async def test_a_story_of_one_page_says_that_it_has_only_one(library: Library) -> None:
    said = library.refused(await library.ann.slash(library.channel, "read", story="A Spoon for the King", page=2))
    assert "only 1 page" in said


@pytest.mark.parametrize(
    "name",
    [
        "Nothing of That Name",
        "'; DROP TABLE stories; --",
        '" OR title MATCH "*',
        "title : NEAR(a b)",
        "**bold** `code` ||spoiler|| [a](https://example.org)",
        "@everyone",
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
    typed = "*a* __b__ ||c|| `d` [e](https://example.org/) <@1> <#2> <t:0:R> <:f:3>"
    said = library.refused(await library.ann.slash(library.channel, "read", story=typed))
    live = re.sub(r"\\[!-/:-@\[-`{-~]", "", said)
    assert not re.search(r"\*a|__b|\|\|c|`d|\[e|<@|<#|<t:|<:", live)


async def test_two_stories_of_one_title_are_asked_about_and_told_apart_by_the_list(library: Library) -> None:
    await library.load({"other.txt": samples.ONE_PAGE.replace("A Spoon for the King\n", "A SPOON for the King\n")})
    said = library.refused(await library.ann.slash(library.channel, "read", story="a spoon for the king"))
    assert "More than one" in said
    offered = await library.ann.autocomplete(library.channel, "read", "story", "spoon")
    assert len({choice["value"] for choice in offered}) == 2
    for choice in offered:
        shown(await library.ann.slash(library.channel, "read", story=choice["value"]))


@pytest.mark.parametrize("name", ["the lighthouse post", "LIGHTHOUSE", "light", "Orla", "post  lighthouse", "Vénn"])
async def test_a_story_is_found_by_part_of_its_name_whatever_its_case_and_accents(library: Library, name: str) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story=name))
    assert "The Lighthouse Post" in text_of(opened)


# -- private or not -------------------------------------------------------------


async def test_reading_is_public_unless_asked_otherwise(library: Library) -> None:
    assert not shown(await library.ann.slash(library.channel, "read", story="Spoon")).ephemeral
    assert shown(await library.ann.slash(library.channel, "read", story="Spoon", private=True)).ephemeral
    assert not shown(await library.ann.slash(library.channel, "read", story="Spoon", private=False)).ephemeral


async def test_where_reading_is_private_by_setting_the_option_still_decides(library: Library) -> None:
    await library.restart(private_reading=True)
    assert shown(await library.ann.slash(library.channel, "read", story="Spoon")).ephemeral
    assert not shown(await library.ann.slash(library.channel, "read", story="Spoon", private=False)).ephemeral
    card = await card_for(library.ann, library.channel, "Spoon")
    assert shown(await library.ann.click(card, label="Read")).ephemeral


async def test_a_private_page_is_turned_in_place_and_keeps_the_place(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", private=True))
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
    await library.ann.slash(library.channel, "read", story="Ferry", chapter=2)
    assert "The Crossing" in text_of(shown(await library.ann.slash(library.channel, "read")))
    await library.ann.click(light, label="Next")
    again = shown(await library.ann.slash(library.channel, "read"))
    assert "The Lighthouse Post" in text_of(again) and "Page 2 of 6" in footer_of(again)


async def test_read_with_a_story_goes_on_where_the_reader_stopped_in_it(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Lighthouse", page=4)
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


async def test_two_readers_of_one_story_have_a_place_each(library: Library) -> None:
    anns = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    bens = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
    await library.ann.click(anns, label="Next")
    await library.ben.click(bens, label="Last")
    await library.ann.click(anns, label="Next")
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 3)
    assert await spot_of(library, library.ben.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 6)


async def test_the_latest_turn_wins_wherever_it_was_made(library: Library) -> None:
    first = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=5))
    second = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=1))
    await library.ann.click(second, label="Next")
    await library.ann.click(first, label="Previous")
    await library.ann.click(second, label="Next")
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 3)


# -- someone else's page --------------------------------------------------------


async def test_someone_elses_press_opens_a_private_copy_that_moves_neither_place(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    copy = shown(await library.ben.click(opened, label="Next"))
    assert copy.ephemeral and copy.id != opened.id
    assert "Page 2 of 6" in footer_of(copy)
    assert "Page 1 of 6" in footer_of(opened)
    assert await spot_of(library, library.ben.id, "Lighthouse") is None
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 1)


async def test_a_copy_is_turned_by_itself_until_its_reader_goes_on_from_there(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    copy = shown(await library.ben.click(opened, label="Next"))
    turned = shown(await library.ben.click(copy, label="Next"))
    assert turned.id == copy.id and "Page 3 of 6" in footer_of(turned)
    assert await spot_of(library, library.ben.id, "Lighthouse") is None

    taken = shown(await library.ben.click(copy, label="Go on from here"))
    assert taken.id == copy.id and "Page 3 of 6" in footer_of(taken)
    assert "Go on from here" not in buttons_of(taken)
    assert await spot_of(library, library.ben.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 3)

    await library.ben.click(copy, label="Next")
    assert await spot_of(library, library.ben.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 4)
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 1)


async def test_peeking_at_the_last_page_does_not_finish_a_story(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await library.ben.click(opened, label="Last")
    assert await library.store.places.of(library.ben.id, await library.id_of("Lighthouse")) is None


async def test_someone_elses_jump_and_chapter_open_copies_too(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    asked = await library.ben.click(opened, label="Go to page…")
    copy = shown(await library.ben.submit_modal(asked, {"page": "2"}))
    assert copy.ephemeral and "Page 2 of 2" in footer_of(copy)
    other = shown(await library.ben.select(opened, [options_of(opened)["3. Ashore"]]))
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


async def test_the_chapter_select_names_the_chapters_and_opens_them(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    assert list(options_of(opened)) == ["1. The Fare", "2. The Crossing", "3. Ashore"]
    turned = shown(await library.ann.select(opened, [options_of(opened)["3. Ashore"]]))
    assert turned.id == opened.id
    assert footer_of(turned).startswith("Chapter 3 of 3 · Page 1 of 2")
    assert await spot_of(library, library.ann.id, "Ferry") == await page_at(library, "Ferry", 3, 1)


async def test_the_chapter_select_marks_the_open_chapter(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=2))
    [select] = [each for each in components_of(opened) if each["type"] == 3]
    assert [option["label"] for option in select["options"] if option.get("default")] == ["2. The Crossing"]


async def test_a_story_without_chapters_has_no_chapter_select(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert all(each["type"] == 2 for each in components_of(opened))


async def test_of_many_chapters_the_select_offers_those_around_the_open_one(library: Library) -> None:
    paragraph = "The ferry left at the hour and came back before it, which the ferryman put down to the wind."
    many = "Title: The Long Crossing\n\n" + "\n\n".join(f"Chapter {n}: Mile {n}\n\n{paragraph}" for n in range(1, 61))
    await library.load({"many.txt": many})
    opened = shown(await library.ann.slash(library.channel, "read", story="Long Crossing", chapter=40))
    offered = list(options_of(opened))
    assert len(offered) == 25
    assert "40. Mile 40" in offered and "41. Mile 41" in offered and "39. Mile 39" in offered


async def test_a_page_can_be_asked_for_by_number(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await library.ann.click(opened, label="Go to page…")
    assert asked.modal is not None
    turned = shown(await library.ann.submit_modal(asked, {"page": " 5 "}))
    assert turned.id == opened.id and "Page 5 of 6" in footer_of(turned)
    assert await spot_of(library, library.ann.id, "Lighthouse") == await page_at(library, "Lighthouse", 1, 5)


@pytest.mark.parametrize("typed", ["five", "-1", "0", "7", "9999999", "1.5", "³", "１", "'; --", "   "])
async def test_a_number_that_is_no_page_is_answered_with_what_is(library: Library, typed: str) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await library.ann.click(opened, label="Go to page…")
    said = library.refused(await library.ann.submit_modal(asked, {"page": typed}))
    assert "1 to 6" in said
    assert "Page 1 of 6" in footer_of(opened)


# -- notes ----------------------------------------------------------------------


async def test_notes_before_stand_on_the_first_page_and_notes_after_under_the_last(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    before, page = opened.embeds
    assert "be kind!" in str(before.description) and "The tide" in str(page.description)
    assert "Let me know" not in text_of(opened)
    middle = shown(await library.ann.click(opened, label="Next"))
    assert "be kind!" not in text_of(middle) and "Let me know" not in text_of(middle)
    last = shown(await library.ann.click(opened, label="Last"))
    texts = [str(embed.description) for embed in last.embeds]
    assert "be kind!" not in text_of(last)
    assert [text for text in texts if "Let me know" in text] == [texts[1]]
    assert "Continue it" in buttons_of(last)


async def test_a_chapters_own_note_stands_before_its_first_page(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=2))
    assert "Chapter 2, enjoy!" in str(opened.embeds[0].description)
    assert "enjoy" not in text_of(shown(await library.ann.click(opened, label="Next")))


async def test_the_vote_stands_under_the_last_page_only(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert "Continue it" not in buttons_of(opened) and "go on?" not in text_of(opened)
    last = shown(await library.ann.click(opened, label="Last"))
    assert {"Continue it", "Leave it as it is"} <= buttons_of(last).keys()
    assert "Should this story go on?" in text_of(last)


async def test_a_long_note_is_clipped_beside_the_page_and_opens_whole_by_its_button(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story="Train"))
    assert "number 15 of the note" not in text_of(opened)
    part = shown(await library.ann.click(opened, label="Opening note"))
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
    last = shown(await library.ann.click(opened, label="Last"))
    whole = shown(await library.ben.click(last, label="End note"))
    assert whole.ephemeral
    assert "number 5 of the note" in text_of(whole)


async def test_about_shows_the_card_privately(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    card = shown(await library.ben.click(opened, label="About"))
    assert card.ephemeral
    assert "Bottles come in with every tide" in text_of(card)


# -- what happens between two clicks --------------------------------------------


async def test_every_button_of_a_page_works_after_a_restart(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    for label in ("Next", "Last", "Previous", "First", "About", "Go to page…"):
        await library.restart()
        result = await library.ann.click(opened, label=label)
        assert result.response is not None or result.modal is not None, label
    await library.restart()
    turned = shown(await library.ann.select(opened, [options_of(opened)["2. The Crossing"]]))
    assert "Chapter 2 of 3" in footer_of(turned)


async def test_a_number_typed_across_a_restart_is_not_lost(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await library.ann.click(opened, label="Go to page…")
    await library.restart()
    turned = shown(await library.ann.submit_modal(asked, {"page": "4"}))
    assert turned.id == opened.id and "Page 4 of 6" in footer_of(turned)


async def test_a_button_of_a_story_that_was_taken_away_says_so(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await library.ann.click(opened, label="Go to page…")
    await library.take_away("lighthouse.txt")
    results: list[InteractionResult] = [
        await library.ann.click(opened, label="Next"),
        await library.ben.click(opened, label="Next"),
        await library.ann.click(opened, label="About"),
        await library.ann.click(opened, label="Go to page…"),
        await library.ann.submit_modal(asked, {"page": "2"}),
        await library.ann.slash(library.channel, "read"),
    ]
    for result in results[:-1]:
        assert "no longer in the library" in library.refused(result)
    assert "haven't started a story" in library.refused(results[-1])


async def test_a_story_that_comes_back_opens_where_the_reader_was(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse", page=3))
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
    await library.ann.slash(library.channel, "read", story="Lighthouse", page=4)
    place = await spot_of(library, library.ann.id, "Lighthouse")
    assert place is not None
    passage = (await library.store.pages.open(place)).text[:80]
    prefix = "Everything here happened on one and the same afternoon, although no two of us will say which.\n\n"
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("----\n\n", f"----\n\n{prefix * 30}")})
    again = shown(await library.ann.slash(library.channel, "read"))
    assert " ".join(passage.split()) in " ".join(prose_of(again).split())


async def test_a_page_of_a_chapter_that_was_cut_out_says_so(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=3))
    await library.load({"ferry.txt": samples.FERRY.split("Chapter 3:")[0]})
    said = library.refused(await library.ann.click(opened, label="Next"))
    assert "The Ferry of Words" in said and "/read" in said
    again = shown(await library.ann.slash(library.channel, "read"))
    assert "of 2 · Page" in footer_of(again)


async def test_a_note_that_an_edit_took_away_is_not_mistaken_for_a_story_that_is_gone(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story="Train"))
    await library.load({"noted.txt": "Title: The Train to Nowhere Much\n\n" + samples.NOTED.split("----\n\n")[1]})
    said = library.refused(await library.ann.click(opened, label="Opening note"))
    assert "That story is no longer in the library" not in said


# -- every part as long and as loud as it gets ----------------------------------


async def test_the_loudest_story_stays_within_limits_on_every_page_and_pings_nobody(library: Library) -> None:
    await library.load({"loud.txt": samples.LOUD})
    [choice] = await library.ann.autocomplete(library.channel, "read", "story", "everyone")
    opened = shown(await library.ann.slash(library.channel, "read", story=choice["value"]))
    await library.ben.click(opened, label="Opening note")
    await library.ben.click(opened, label="About")
    asked = await library.ann.click(opened, label="Go to page…")
    assert asked.modal is not None
    for _ in range((await library.store.stories.find(choice["value"])).pages - 1):
        await library.ann.click(opened, label="Next")
    await library.ben.click(opened, label="End note")
    await library.ben.click(opened, label="Continue it")
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
