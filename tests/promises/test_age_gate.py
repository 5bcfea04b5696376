"""The age gate: a story for adults shows on no road in a place for all ages, and on each in an age-restricted one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from tests.promises.conftest import Member, Screen, World
from tests.promises.old_ids import LIVE, one_of_each, press_all
from tests.promises.ways import DOOR, JAR, MORE, end_of, mine, review

RARE = ("Quillwort", "Thrale", "gallimaufry", "bergamot", "pothecar", "Marchetta", "materia medica", "zinnia-red")
"""Words of its title, author, tag, summary, text and review, which nothing else has."""


def tells(*screens: Screen) -> list[str]:
    """The rare words that a reader learns."""
    return sorted({word for screen in screens for word in screen.tells(*RARE)})


async def use(reader: Member) -> None:
    """Leave a trace of each kind in a story for adults, where it may be read."""
    page = await end_of(reader, DOOR)
    await reader.press(page, MORE)
    await reader.press(page, "🔥")
    await review(reader, "A zinnia-red wall of a story.", DOOR)
    await reader.fill(await reader.press(page, "More", "Bookmark"), note="the zinnia-red blind")
    await reader.press(await reader.types("quote", story=DOOR), "Save")
    story = await reader.types("stories", story=DOOR)
    await reader.press(story, "Follow", "Follow story")


Road = Callable[[Member], AsyncIterator[Screen]]
ROADS: dict[str, Road] = {}


def road(walk: Road) -> Road:
    ROADS[walk.__name__.replace("_", " ")] = walk
    return walk


def _named(command: str) -> Road:
    async def walk(reader: Member) -> AsyncIterator[Screen]:
        yield await reader.types(command, story="Door")

    return walk


for _command in ("read", "stories", "quote", "react", "vote", "review"):
    ROADS[f"{_command} by its title"] = _named(_command)


@road
async def the_library(reader: Member) -> AsyncIterator[Screen]:
    listed = await reader.types("stories")
    yield listed
    while "Next" in listed.labels:
        listed = await reader.press(listed, "Next")
        yield listed


@road
async def by_chance(reader: Member) -> AsyncIterator[Screen]:
    shown = await reader.press(await reader.types("stories"), "Surprise me")
    for _ in range(25):
        yield shown
        shown = await reader.press(shown, "Another story")


@road
async def quotes_by_chance(reader: Member) -> AsyncIterator[Screen]:
    shown = await reader.types("quote", spoilers=True)
    for _ in range(25):
        yield shown
        shown = await reader.press(shown, "Another")


@road
async def its_words(reader: Member) -> AsyncIterator[Screen]:
    yield await reader.types("search", text="stocking")


@road
async def quotes_with_its_words(reader: Member) -> AsyncIterator[Screen]:
    yield await reader.types("quote", containing="pillow", spoilers=True)


@road
async def most_loved(reader: Member) -> AsyncIterator[Screen]:
    yield await reader.types("top")


@road
async def most_loved_everywhere(reader: Member) -> AsyncIterator[Screen]:
    yield await reader.types("top", everywhere=True)


@road
async def going_on(reader: Member) -> AsyncIterator[Screen]:
    await reader.at(reader.world.cellar).types("read", story="Door")
    yield await reader.types("read")


@road
async def what_comes_next(reader: Member) -> AsyncIterator[Screen]:
    yield await reader.press(await end_of(reader, JAR), "Next")


@road
async def reading_together(reader: Member) -> AsyncIterator[Screen]:
    yield await reader.types("read", story="Door", together=True)


for _tab in ("Finished", "Bookmarks", "Quotes", "Following", "Reviews"):

    def _own(tab: str) -> Road:
        async def walk(reader: Member) -> AsyncIterator[Screen]:
            yield await mine(reader, tab)

        return walk

    ROADS[f"one's own {_tab}"] = _own(_tab)


BY_CHANCE = ("by chance", "quotes by chance", "what comes next")
"""Roads on which any story may show, and this one need not."""


async def test_a_story_for_adults_shows_on_no_road_among_all_ages_and_on_each_among_adults(world: World) -> None:
    await use(world.ann.at(world.cellar))
    told, silent = dict[str, list[str]](), list[str]()
    for name, walk in ROADS.items():
        for reader in (world.ann, world.ben):
            if found := tells(*[screen async for screen in walk(reader)]):
                told[name] = found
        if name not in BY_CHANCE and not tells(*[screen async for screen in walk(world.ann.at(world.cellar))]):
            silent.append(name)
    assert told == {} and silent == []


async def test_titles_are_offered_while_typed_where_their_stories_show(world: World) -> None:
    for command in ("read", "stories", "quote", "react", "vote", "review"):
        assert "Quillwort" not in await world.ann.offered(command, "story", "quill")
        assert "Quillwort" in await world.ann.at(world.cellar).offered(command, "story", "quill")


async def test_alone_with_the_bot_it_shows_to_who_says_that_they_are_of_age(world: World) -> None:
    await use(world.ann.at(world.cellar))
    ann = world.ann.alone()
    roads = [ROADS[name] for name in ("the library", "read by its title", "its words", "one's own Finished")]
    assert tells(*[screen for walk in roads async for screen in walk(ann)]) == []
    await ann.pick(await ann.press(await ann.types("settings"), "More"), "yes, I'm 18+")
    for walk in roads:
        assert tells(*[screen async for screen in walk(ann)]) != []
    assert tells(*[screen async for screen in ROADS["the library"](world.ben.alone())]) == []


async def test_it_is_neither_shared_nor_planned_for_a_channel_of_all_ages(world: World) -> None:
    mira, daily = world.mira.at(world.cellar), {"time": "18:00", "timezone": "Europe/Paris"}
    for channel in (world.room, world.cellar):
        await mira.types("manage serial start", story=DOOR, channel=channel, every="every day", **daily)
    await mira.types("manage serial next")
    await mira.types("quote", story=DOOR)
    assert tells(*world.posts(world.room)) == [] and tells(*world.posts(world.cellar)) != []
    page = await mira.types("read", story=DOOR, share=True)
    await world.mira.menu(await world.mira.types("help"), "Read here")
    assert tells(await world.mira.types("read", story="Door", share=True), *world.posts(world.room)) == []
    assert not page.private and tells(page) != []


@pytest.mark.parametrize("on_the_shelf", [["03-the-quillwort-door.txt"]])
async def test_no_old_button_tells_of_it_among_all_ages(world: World) -> None:
    """It is the only story, so that each number of the list is one of its own."""
    adult = world.ann.at(world.cellar)
    await use(adult)
    await world.ben.at(world.cellar).types("author claim", story=DOOR)
    reader, manager = [(each, await each.types("help")) for each in (world.ann, world.mira)]
    ids = [each.first(world.mira) for each in LIVE if each.id not in ("pv1:delete", "pv1:export")]
    found = await press_all(world, ids, reader) + await press_all(world, one_of_each(ids), manager)
    told = {each.id: tells(*answers) for each, answers in found}
    assert {name: words for name, words in told.items() if words} == {}
    assert tells(await mine(adult, "Finished")) != []
