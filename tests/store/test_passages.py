"""A long story comes into the search index in slices, and all of it whatever comes between."""

from __future__ import annotations

import pytest

from bot.domain.rights import Audience
from bot.store import Store
from bot.store import passages as indexing
from bot.store.deleting import delete_story
from bot.stories import Story, read_story
from bot.stories.query import read_query
from tests.store.publishing import put_on_shelf

HERE = Audience(False, 900)
FILLER = "The rain went on over the allotments, and the radio on the sill said that it would. " * 10


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 2)


def book(words: str, passages: int = 7) -> Story:
    """A story of two chapters with so many passages each; *words* stand in the last one."""
    chapter = "\n\n".join([FILLER] * passages)
    return read_story(f"Title: Ferry\n\nChapter 1\n\n{chapter}\n\nChapter 2\n\n{chapter}\n\n{words}".encode(), "a.txt")


async def publish(store: Store, story: Story) -> int:
    return await put_on_shelf(store, "ferry", story)


async def found(store: Store, word: str) -> int:
    return (await store.for_audience(HERE).search.find(read_query(word), None, 0, 10)).total


async def test_a_transaction_indexes_a_slice(store: Store) -> None:
    await publish(store, book("A heron stood there."))
    assert await found(store, "rain") == 2
    assert await found(store, "heron") == 0
    assert await store.passages.index_rest() == 6  # of 14 passages, two came with the story
    assert await found(store, "rain") == 14
    assert await found(store, "heron") == 1
    assert await store.passages.index_rest() == 0


async def test_a_hit_says_how_far_it_is_in_all_of_the_story(store: Store) -> None:
    await publish(store, book("A heron stood there."))
    await store.passages.index_rest()
    hits = (await store.for_audience(HERE).search.find(read_query("heron"), None, 0, 10)).hits
    assert [hit.percent > 90 for hit in hits] == [True]


async def test_what_is_left_comes_after_a_crash(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await publish(store, book("A heron stood there."))
    indexed = 0
    write = indexing.write_indexes

    def until_it_crashes(*args: object) -> None:
        nonlocal indexed
        indexed += 1
        if indexed == 3:
            raise RuntimeError("crash")
        write(*args)  # pyright: ignore[reportArgumentType]

    with monkeypatch.context() as crashing, pytest.raises(RuntimeError):
        crashing.setattr(indexing, "write_indexes", until_it_crashes)
        await store.passages.index_rest()
    assert await store.passages.index_rest() == 4
    assert (await found(store, "heron"), await found(store, "rain")) == (1, 14)


async def test_another_text_that_comes_between_is_indexed_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await publish(store, book("A heron stood there."))
    come: list[Story] = [book("An otter swam there.", passages=5)]
    rest = store.passages._index_rest_of  # pyright: ignore[reportPrivateUsage]

    async def overtaken(story: int, text: str) -> int:
        if come:
            await publish(store, come.pop())
        return await rest(story, text)

    monkeypatch.setattr(store.passages, "_index_rest_of", overtaken)
    assert await store.passages.index_rest() == 0
    await store.passages.index_rest()
    assert (await found(store, "heron"), await found(store, "otter"), await found(store, "rain")) == (0, 1, 10)


async def test_nothing_is_left_of_a_deleted_story(store: Store) -> None:
    story = await publish(store, book("A heron stood there."))
    await store._db.write(lambda writing: delete_story(writing, story))  # pyright: ignore[reportPrivateUsage]
    assert await store.passages.index_rest() == 0
    assert await found(store, "rain") == 0
