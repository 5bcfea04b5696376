"""A long story is written in slices before it shows, and is then as one that is written at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.anonymity import DAY_SECONDS
from bot.domain.rights import Audience
from bot.domain.uploads import Draft, Upload
from bot.errors import ReaderError
from bot.store import Store, publishing
from bot.store.publishing import Publication, Source
from bot.store.uploads import NewVersion, Publisher
from bot.store.visibility import FOLDER
from bot.stories import Story, read_story
from bot.stories.query import read_query
from tests.clock import Clock
from tests.databases import database_at

GUILD, ANN = 900, 31
HERE = Audience(False, GUILD)
SAYING = "Nobody forgives a lighthouse for being right, and nobody thanks it for being there, number {}."


@pytest.fixture
async def store(file: Path, clock: Clock) -> AsyncIterator[Store]:
    async with Store.open(database_at(file), clock) as opened:
        yield opened


@pytest.fixture(autouse=True)
def slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "LONG_STORY", 4)
    monkeypatch.setattr(publishing, "ROWS_AT_ONCE", 3)
    monkeypatch.setattr(publishing, "COSTLY_ROWS", 2)


def book() -> Story:
    """A story of three chapters on some ten pages, with quotes in each."""
    paragraphs = [" ".join(SAYING.format(3 * page + line) for line in range(3)) for page in range(30)]
    chapters = ["\n\n".join(paragraphs[10 * i : 10 * i + 10]) for i in range(3)]
    text = "\n\n".join(f"Chapter {i}: Night {i}\n\n{chapter}" for i, chapter in enumerate(chapters, start=1))
    return read_story(f"Title: Ferry\nBy: Wren\nTags: sea, tea\n\n{text}".encode(), "a.txt")


async def written(store: Store, title: str) -> list[list[tuple[object, ...]]]:
    """What stands in the tables of a story's text, without the ids that differ from story to story."""
    tables = (
        "SELECT home, title, author, mature, words, pages, chapters, quotes_numbered, removed_at FROM stories"
        " WHERE id = :story",
        "SELECT position, title, number, words, pages, digest FROM chapters WHERE story_id = :story ORDER BY position",
        "SELECT c.position, t.start, t.text, t.spans FROM prose_slices t JOIN chapters c ON c.id = t.chapter_id"
        " WHERE c.story_id = :story ORDER BY c.position, t.start",
        "SELECT p.length, p.number, c.position, p.in_chapter, p.start, p.until, p.words_before, p.words FROM pages p"
        " JOIN chapters c ON c.id = p.chapter_id WHERE p.story_id = :story ORDER BY p.length, p.number",
        "SELECT number, text, start, is_there FROM quotes WHERE story_id = :story ORDER BY number",
        "SELECT text, start, words_before FROM passages WHERE story_id = :story ORDER BY words_before, start",
        "SELECT kind, key FROM facets WHERE story_id = :story ORDER BY kind, key",
        "SELECT file, digest FROM sources WHERE story_id = :story",
    )
    story = await store._db.number("SELECT id FROM stories WHERE key = :key", {"key": title})
    return [[tuple(row) for row in await store._db.rows(sql, {"story": story})] for sql in tables]


async def put(store: Store, key: str, story: Story, prepared: int | None) -> None:
    publication = Publication(key, story, Source("a.txt", 1, 1, "d", 1), prepared)
    await store.publishing.publish_all(FOLDER, [publication])
    await store.passages.index_rest()


async def stories(store: Store) -> int:
    return await store._db.number("SELECT count(*) FROM stories")


async def test_it_is_written_as_at_once(store: Store) -> None:
    story = book()
    await put(store, "at once", story, None)
    at_once = await written(store, "at once")
    async with store.preparing.prepared(FOLDER, story) as prepared:
        assert prepared is not None
        await put(store, "in slices", story, prepared)
    assert await written(store, "in slices") == at_once
    assert all(at_once) and await stories(store) == 2
    found = await store.for_audience(HERE).search.find(read_query("lighthouse"), None, 0, 100)
    passages = await store._db.number("SELECT count(*) FROM passages")
    assert found.total == passages > 4


async def test_nobody_finds_it_while_it_is_written(store: Store) -> None:
    shown = store.for_audience(HERE)
    async with store.preparing.prepared(FOLDER, book()) as prepared:
        assert prepared is not None
        assert await store._db.number("SELECT count(*) FROM quotes") > 2
        assert await shown.stories.search("", 10) == []
        assert (await shown.search.find(read_query("lighthouse"), None, 0, 10)).total == 0
        assert await store.publishing.known(FOLDER) == {}
        assert await store.uploads.off_shelf(GUILD, 10) == []


async def test_a_short_story_needs_it_not(store: Store) -> None:
    async with store.preparing.prepared(FOLDER, read_story(b"Title: Tea\n\nIt rained.", "a.txt")) as prepared:
        assert prepared is None
    assert await stories(store) == 0


async def test_what_is_refused_leaves_nothing(store: Store) -> None:
    draft = Draft(7, GUILD, ANN, Upload("a.txt", b"", {}, ()), {})
    with pytest.raises(ReaderError, match="draft-gone"):
        async with store.preparing.prepared(str(GUILD), book()) as prepared:
            version = NewVersion(book(), Source("a.txt", 1, 1, "d", 1), prepared=prepared)
            await store.uploads.publish(draft, version, Publisher(ANN))
    assert await stories(store) == 0
    tables = ("chapters", "prose_slices", "pages", "quotes", "quote_search")
    assert [await store._db.number(f"SELECT count(*) FROM {table}") for table in tables] == [0] * 5


async def test_a_crash_leaves_what_goes_after_a_day(
    store: Store, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    async def nothing(_: int) -> None:
        """A process that is killed drops nothing."""

    with monkeypatch.context() as killed:
        killed.setattr(store.preparing, "_drop", nothing)
        async with store.preparing.prepared(FOLDER, book()):
            pass
    await store.pruning.prune()
    clock.forward(DAY_SECONDS - 1)
    await store.pruning.prune()
    assert await stories(store) == 1
    clock.forward(1)
    await store.pruning.prune()
    assert await stories(store) == 0


async def test_a_story_that_came_meanwhile_is_replaced(store: Store) -> None:
    async with store.preparing.prepared(FOLDER, book()) as prepared:
        await put(store, "ferry", read_story(b"Title: Tea\n\nIt rained.", "a.txt"), None)
        assert len((await written(store, "ferry"))[1]) == 1
        await put(store, "ferry", book(), prepared)
    assert await stories(store) == 1
    assert len((await written(store, "ferry"))[1]) == 3
