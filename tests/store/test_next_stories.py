"""What comes after a story: three that its reader has not begun, whatever is known of them."""

from __future__ import annotations

import random

import pytest

from bot.domain.me import ReadingList
from bot.domain.rights import Audience
from bot.domain.stories import NextReason
from bot.store import Store
from bot.store.publishing import Source
from bot.store.visibility import FOLDER
from bot.stories import read_story
from tests.store.publishing import put_on_shelf

ANN, BEN, GUILD, ELSEWHERE = 101, 102, 900, 901
HERE = Audience(guild=GUILD, reader=ANN)


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store.for_audience(HERE)


async def add(store: Store, title: str, *, words: int = 20, home: int = 0, **said: str) -> int:
    """A story of which nothing is known but what is *said*."""
    head = "".join(f"{label.capitalize()}: {value}\n" for label, value in said.items())
    text = f"Title: {title}\n{head}\n" + " ".join(["word"] * words) + ".\n"
    shelf = str(home) if home else FOLDER
    return await put_on_shelf(store, title, read_story(text.encode(), "a.txt"), shelf=shelf)


async def begin(store: Store, *stories: int, reader: int = ANN) -> None:
    for story in stories:
        first, _ = await store.pages.ends(story, reader)
        await store.places.move(reader, await store.pages.open(first, reader), GUILD)


async def after(store: Store, story: int) -> list[tuple[str, NextReason]]:
    return [(each.story.title, each.why) for each in await store.next_stories.after(story, ANN)]


@pytest.mark.parametrize("seed", range(8))
async def test_three_unread_stories_are_offered_and_fewer_only_where_fewer_are_left(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    here = await add(store, "Here", words=chance.randrange(20, 2000))
    await store.mutes.add(ANN, "author", ["Moss Tate"])
    unread, kept = set[int](), set[int]()
    for n in range(chance.randrange(2, 12)):
        state = chance.choice(["unread", "unread", "later", "begun", "muted", "elsewhere", "hidden", "adult", "listed"])
        said = chance.choice([{}, {"author": "Ilse Reed"}, {"tags": "Fluff, River"}])
        said |= {"muted": {"author": "Moss Tate"}, "adult": {"rating": "E"}}.get(state, {})
        home = ELSEWHERE if state == "elsewhere" else 0
        story = await add(store, f"Story {n}", words=chance.randrange(20, 2000), home=home, **said)
        if chance.random() < 0.3:
            await store.reactions.toggle(story, BEN, "🔥", GUILD)
        match state:
            case "begun":
                await begin(store, story)
            case "hidden":
                await store.publishing.hide(story, GUILD)
            case "later":
                await store.reading_lists.put(ANN, story, "later")
                kept.add(story)
            case "listed":
                lists: list[ReadingList] = ["finished", "paused", "dropped", "reading"]
                await store.reading_lists.put(ANN, story, chance.choice(lists))
            case "unread":
                unread.add(story)
            case _:
                pass
    offered = {each.story.id for each in await store.next_stories.after(here, ANN)}
    assert len(offered) == min(3, len(unread | kept))
    assert offered <= unread | kept


async def test_the_reasons_come_in_order_one_story_for_each_before_a_second(store: Store) -> None:
    here = await add(store, "Tide 1", words=100, author="Ilse Reed", series="Part 1 of Tides", tags="Fluff, River")
    later = await add(store, "Kept", words=5000)
    await store.reading_lists.put(ANN, later, "later")
    await add(store, "Alike", words=6000, tags="Fluff, River")
    loved = await add(store, "Loved", words=7000)
    await store.reactions.toggle(loved, BEN, "🔥", GUILD)
    await add(store, "As Long", words=110)
    expected: list[tuple[str, NextReason]] = [
        ("Kept", "later"), ("Alike", "alike"), ("Loved", "loved"), ("As Long", "length"),
    ]  # fmt: skip
    assert await after(store, here) == expected[:3]
    await begin(store, later)
    assert await after(store, here) == expected[1:]
    await add(store, "Tide 3", author="Ilse Reed", series="Part 3 of Tides")
    await add(store, "Tide 2", author="Ilse Reed", series="Part 2 of Tides")
    await add(store, "A Fourth", author="Ilse Reed")
    assert await after(store, here) == [("Tide 2", "series"), ("A Fourth", "author"), ("Alike", "alike")]


async def test_a_story_like_it_is_offered_until_the_reader_begins_it(store: Store) -> None:
    here, alike = [await add(store, title, tags="Fluff, River") for title in ("Here", "Alike")]
    assert await after(store, here) == [("Alike", "alike")]
    await begin(store, alike)
    assert await after(store, here) == []


async def test_where_one_reason_alone_holds_it_gives_all_three(store: Store) -> None:
    here = await add(store, "Here", author="Ilse Reed")
    for n in range(5):
        await add(store, f"Story {n}", author="Ilse Reed", words=20)
    assert [why for _, why in await after(store, here)] == ["author", "author", "length"]


async def test_the_nearest_in_length_is_offered_and_what_is_far_from_it_is_called_so(store: Store) -> None:
    here = await add(store, "Here", words=100)
    for title, words in (("Tiny", 20), ("Bit Less", 90), ("Bit More", 125), ("Epic", 4000)):
        await add(store, title, words=words)
    assert await after(store, here) == [("Bit Less", "length"), ("Bit More", "length"), ("Tiny", "shorter")]
    await begin(store, *[each.story.id for each in await store.next_stories.after(here, ANN)])
    assert await after(store, here) == [("Epic", "longer")]


async def test_a_story_that_nobody_loved_is_not_called_loved(store: Store) -> None:
    here = await add(store, "Here")
    await add(store, "Quiet")
    assert await after(store, here) == [("Quiet", "length")]


async def test_what_the_reader_kept_for_later_is_offered_until_they_begin_it_or_mute_its_author(store: Store) -> None:
    here, kept = await add(store, "Here"), await add(store, "Kept", author="Moss Tate")
    await store.reading_lists.put(ANN, kept, "later")
    assert await after(store, here) == [("Kept", "later")]
    await begin(store, kept)
    await store.reading_lists.put(ANN, kept, "later")
    assert await after(store, here) == []
    other = await add(store, "Other", author="Moss Tate")
    await store.reading_lists.put(ANN, other, "later")
    await store.mutes.add(ANN, "author", ["Moss Tate"])
    assert await after(store, here) == []


async def test_a_reader_has_read_all_only_where_they_finished_every_story(store: Store) -> None:
    first, second = await add(store, "First"), await add(store, "Second", words=2000)
    await add(store, "Elsewhere", home=ELSEWHERE)
    await begin(store, first)
    assert not await store.next_stories.has_read_all(ANN)
    await begin(store, second)
    assert await after(store, first) == [] and not await store.next_stories.has_read_all(ANN), "the second is begun"
    await store.places.move(ANN, await store.pages.open((await store.pages.ends(second, ANN))[1], ANN), GUILD)
    assert await store.next_stories.has_read_all(ANN)
    await store.mutes.add(ANN, "author", ["Moss Tate"])
    await add(store, "Muted", author="Moss Tate")
    assert await after(store, first) == [] and not await store.next_stories.has_read_all(ANN)


async def test_a_finished_story_that_has_grown_is_not_all_read(store: Store) -> None:
    async def publish(chapters: int) -> int:
        text = "Title: Kites\n\n" + "".join(f"Chapter {n}\n\nIt rose {n} times.\n\n" for n in range(1, chapters + 1))
        source = Source("Kites", 1, 1, "d", chapters)
        story = read_story(text.encode(), "a.txt")
        return await put_on_shelf(store, "Kites", story, source)

    story = await publish(2)
    await store.places.move(ANN, await store.pages.open((await store.pages.ends(story, ANN))[1], ANN), GUILD)
    assert await store.next_stories.has_read_all(ANN)
    await publish(3)
    assert not await store.next_stories.has_read_all(ANN)
