"""What a reader keeps: lists of stories, and what they mute."""

from __future__ import annotations

from pathlib import Path

from bot.domain.me import ReadingList
from bot.store import Store
from bot.stories import read_story
from tests.clock import Clock
from tests.databases import database_at
from tests.store.publishing import ANN, put_on_shelf


async def test_a_name_is_muted_as_a_tag_and_as_an_author(empty_store: Store) -> None:
    await empty_store.mutes.add(ANN, "tag", ["Wren"])
    await empty_store.mutes.add(ANN, "author", ["Wren"])
    assert [(mute.kind, mute.name) for mute in await empty_store.mutes.of(ANN)] == [("author", "Wren"), ("tag", "Wren")]


async def test_a_story_that_is_moved_to_a_list_is_the_first_of_it(file: Path) -> None:
    clock = Clock()
    async with Store.open(database_at(file), clock) as store:
        first, second = [await put_on_shelf(store, key, read_story(b"It rained.\n", f"{key}.txt")) for key in "ab"]
        moves: list[tuple[int, ReadingList]] = [(first, "later"), (second, "reading"), (first, "reading")]
        for story, name in moves:
            clock.forward(60)
            await store.reading_lists.put(ANN, story, name)
        assert [each.story.id for each in await store.reading_lists.of(ANN, "reading", 9)] == [first, second]
