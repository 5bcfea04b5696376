"""A story's file is read while it is half copied: when it is whole again, everybody is where they were."""

from __future__ import annotations

import pytest

from bot.domain.places import Place
from tests import samples
from tests.library import Library
from tests.screens import to_last
from tests.seen import buttons_of as buttons
from tests.seen import footer_of, shown

LONG = samples.sized("The Weather Kettle", 12)
HALF = LONG[: len(LONG) // 2]


async def place_of(library: Library) -> Place:
    place = await library.store.places.of(library.ann.id, await library.id_of("Kettle"))
    assert place is not None
    return place


@pytest.fixture
async def before(library: Library) -> Place:
    """Ann is on page 9, and has been on page 11."""
    await library.load({"kettle.txt": LONG})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    for label in ["Next"] * 10 + ["Back"] * 2:
        page = shown(await library.ann.click(page, label=label))
    assert footer_of(page).startswith("Page 9 of 12")
    return await place_of(library)


async def test_read_opens_where_the_reader_was_and_the_furthest_point_is_the_same(
    library: Library, before: Place
) -> None:
    await library.load({"kettle.txt": HALF})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    assert footer_of(page).startswith("Page 7 of 7"), "it follows the text that is there"
    await library.load({"kettle.txt": LONG})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    assert footer_of(page).startswith("Page 9 of 12")
    place = await place_of(library)
    assert (place.spot, place.furthest) == (before.spot, before.furthest)


async def test_one_who_opened_the_half_has_not_finished_the_story(library: Library, before: Place) -> None:
    await library.load({"kettle.txt": HALF})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    assert footer_of(page).endswith("The end") and not (await place_of(library)).finished
    await library.load({"kettle.txt": LONG})
    assert not (await place_of(library)).finished
    story = await library.id_of("Kettle")
    assert await library.store.reading_lists.holding(library.ann.id, story) == "reading"
    horizon = await library.store.places.horizon(library.ann.id, [story])
    assert horizon.is_beyond(story, (1, len(LONG)))


async def test_one_who_read_the_half_to_its_end_has_finished_what_was_there(library: Library, before: Place) -> None:
    await library.load({"kettle.txt": HALF})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    page = shown(await library.ann.click(page, label="Back"))
    await library.ann.click(page, label="Next")
    assert (await place_of(library)).finished


async def test_one_who_turned_back_meanwhile_stays_there_and_keeps_the_furthest_page(
    library: Library, before: Place
) -> None:
    await library.load({"kettle.txt": HALF})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    await library.ann.click(page, label="Back")
    await library.load({"kettle.txt": LONG})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    assert footer_of(page).startswith("Page 6 of 12")
    assert (await place_of(library)).furthest == before.furthest


async def test_one_who_had_finished_it_has_still(library: Library, before: Place) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    await to_last(library.ann, page)
    await library.load({"kettle.txt": HALF})
    assert (await place_of(library)).finished
    await library.load({"kettle.txt": LONG})
    page = shown(await library.ann.slash(library.channel, "read", story="Kettle"))
    assert footer_of(page).startswith("Page 12 of 12") and "Next" in buttons(page)
    assert (await place_of(library)).finished


async def test_bookmarks_in_the_lost_half_are_all_there_again_with_their_notes(library: Library, before: Place) -> None:
    store, ann = library.store, library.ann.id
    days = "\n\n".join(f"Day {n}: the kettle sang {n} times, and " + "it rained on. " * 20 for n in range(1, 41))
    whole = f"Title: The Weather Kettle\n\n{days}"
    await library.load({"kettle.txt": whole})
    chapter = await store.stories.chapter(await store.stories.find("Kettle"), 1)
    spots = [await store.pages.spot(chapter, number, ann) for number in (8, 9, 10, 11)]
    for number, spot in enumerate(spots):
        await store.bookmarks.keep(ann, await store.pages.open(spot, ann), f"note {number}")
    for text in (whole[: len(whole) // 4], whole[: len(whole) // 8], whole):
        await library.load({"kettle.txt": text})
    kept = {(each.spot, each.note) for each in await store.bookmarks.list(ann, 10)}
    assert kept == {(spot, f"note {number}") for number, spot in enumerate(spots)}
