"""Places: the latest turn wins, the furthest point only moves on, and a passage is found again."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store
from bot.stories.anchors import ANCHOR_CHARS, anchor_at, find_again
from bot.stories.model import OpenPage, StorySummary
from tests.clock import Clock
from tests.databases import connected, database_at

ANN, BEN = 101, 102
LINE = "The {word} fox came down to the water at dusk, when the herons had gone, and drank for the {word} time.\n\n"


def banks(*words: str) -> str:
    return "Title: Banks\n\n" + "".join(
        f"Chapter {n}: The {word}\n\n" + "".join(LINE.format(word=f"{word}{k}th") for k in range(40))
        for n, word in enumerate(words, start=1)
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    path = tmp_path / "shelf"
    path.mkdir()
    (path / "banks.txt").write_text(banks("red", "green"), "utf-8")
    (path / "short.txt").write_text("Title: Short\n\n" + LINE.format(word="only"), "utf-8")
    return path


@pytest.fixture
async def store(empty_store: Store, shelf: Path) -> Store:
    await load_folder(empty_store, shelf, read_here)
    return empty_store


async def pages_of(store: Store, title: str) -> tuple[StorySummary, list[OpenPage]]:
    """A story and all its pages, in order."""
    story = await store.stories.find(title)
    pages = [await store.pages.open((await store.pages.ends(story.id))[0])]
    while (on := pages[-1].following) is not None:
        pages.append(await store.pages.open(on))
    assert len(pages) == story.pages
    return story, pages


def furthest(file: Path, reader: int) -> tuple[int, int]:
    with connected(file) as db:
        [row] = db.execute("SELECT furthest_chapter_id, furthest_start FROM places WHERE user_id = ?", (reader,))
    return row


def finished_at(file: Path, reader: int) -> int | None:
    with connected(file) as db:
        [(moment,)] = db.execute("SELECT finished_at FROM places WHERE user_id = ?", (reader,))
    return moment


async def test_the_latest_turn_wins_forwards_and_back(store: Store) -> None:
    story, pages = await pages_of(store, "Banks")
    for number in (0, 3, 1, len(pages) - 1, 2):
        await store.places.move(ANN, pages[number])
        place = await store.places.of(ANN, story.id)
        assert place is not None
        assert place.spot == pages[number].spot


async def test_the_furthest_point_only_moves_on_through_the_chapters(store: Store, file: Path) -> None:
    _, pages = await pages_of(store, "Banks")
    order = list(range(len(pages))) * 2
    random.Random(7).shuffle(order)
    reached = 0
    for number in order:
        reached = max(reached, number)
        await store.places.move(ANN, pages[number])
        assert furthest(file, ANN) == (pages[reached].spot.chapter, pages[reached].spot.offset)


async def test_the_furthest_point_follows_the_order_of_chapters_not_of_their_ids(
    store: Store, shelf: Path, file: Path
) -> None:
    (shelf / "banks.txt").write_text(banks("grey", "red", "green"), "utf-8")
    await load_folder(store, shelf, read_here)
    _, pages = await pages_of(store, "Banks")
    grey, red = pages[0], next(page for page in pages if page.chapter.position == 2)
    assert grey.spot.chapter > red.spot.chapter
    await store.places.move(ANN, grey)
    await store.places.move(ANN, red)
    await store.places.move(ANN, grey)
    assert furthest(file, ANN) == (red.spot.chapter, red.spot.offset)


async def test_a_story_is_finished_once_and_stays_so(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story, pages = await pages_of(store, "Banks")
    clock = Clock()
    clock.at = 1_000_000.0
    monkeypatch.setattr(store.places._db, "clock", clock)
    await store.places.move(ANN, pages[-2])
    place = await store.places.of(ANN, story.id)
    assert place is not None and not place.finished
    await store.places.move(ANN, pages[-1])
    first = finished_at(file, ANN)
    assert first is not None
    clock.at += 60
    await store.places.move(ANN, pages[0])
    place = await store.places.of(ANN, story.id)
    assert place is not None and place.finished and finished_at(file, ANN) == first
    await store.places.move(ANN, pages[-1])
    assert finished_at(file, ANN) == first
    place = await store.places.of(ANN, story.id)
    assert place is not None and place.finished


async def test_a_story_of_one_page_is_finished_when_it_is_opened(store: Store) -> None:
    story, [page] = await pages_of(store, "Short")
    await store.places.move(ANN, page)
    place = await store.places.of(ANN, story.id)
    assert place is not None and place.finished


async def test_a_reader_has_one_place_a_story_and_no_other_reader_s(store: Store) -> None:
    banks, pages = await pages_of(store, "Banks")
    short, [page] = await pages_of(store, "Short")
    await store.places.move(ANN, pages[2])
    await store.places.move(ANN, page)
    await store.places.move(BEN, pages[4])
    ann, ben = await store.places.of(ANN, banks.id), await store.places.of(BEN, banks.id)
    assert ann is not None and ann.spot == pages[2].spot
    assert ben is not None and ben.spot == pages[4].spot
    assert await store.places.of(BEN, short.id) is None
    assert await store.places.latest(ANN) == short
    assert await store.places.latest(BEN) == banks
    assert await store.places.latest(999) is None


async def test_the_latest_story_is_one_that_is_still_there(store: Store, shelf: Path) -> None:
    banks, pages = await pages_of(store, "Banks")
    _, [page] = await pages_of(store, "Short")
    await store.places.move(ANN, pages[2])
    await store.places.move(ANN, page)
    (shelf / "short.txt").unlink()
    await load_folder(store, shelf, read_here)
    assert await store.places.latest(ANN) == banks


@pytest.mark.parametrize("number", [0, 1, 5])
async def test_an_edit_before_a_place_moves_it_by_as_much(store: Store, shelf: Path, number: int) -> None:
    story, pages = await pages_of(store, "Banks")
    await store.places.move(ANN, pages[number])
    text = (shelf / "banks.txt").read_text("utf-8")
    added = LINE.format(word="altogether new")
    (shelf / "banks.txt").write_text(
        text.replace("The red\n\n", f"The red\n\n{added}").replace("The green\n\n", f"The green\n\n{added}")
    )
    await load_folder(store, shelf, read_here)
    place = await store.places.of(ANN, story.id)
    assert place is not None
    assert place.spot.offset == pages[number].spot.offset + len(added)
    assert place.spot.chapter == pages[number].spot.chapter


async def test_a_place_in_a_chapter_that_is_gone_opens_somewhere_in_the_story(
    store: Store, shelf: Path, file: Path
) -> None:
    story, pages = await pages_of(store, "Banks")
    await store.places.move(ANN, pages[-1])
    (shelf / "banks.txt").write_text("Title: Banks\n\n" + "".join(LINE.format(word=f"blue{k}th") for k in range(40)))
    await load_folder(store, shelf, read_here)
    place = await store.places.of(ANN, story.id)
    assert place is not None
    assert (await store.pages.open(place.spot)).story.id == story.id


# -- passages --------------------------------------------------------------------

words = st.text("abcdefgh ", min_size=1, max_size=400).filter(str.strip)


@given(words, words, words, st.integers(0, 399))
def test_a_passage_that_is_still_there_is_found(before: str, text: str, after: str, offset: int) -> None:
    passage = anchor_at(text, offset % len(text))
    if not passage.strip():
        assert find_again(before + text + after, passage, offset) is None
        return
    found = find_again(before + text + after, passage, offset)
    assert found is not None
    assert (before + text + after).startswith(passage, found)


@given(words, st.integers(0, 399))
def test_in_a_text_that_did_not_change_a_place_stays(text: str, offset: int) -> None:
    offset %= len(text)
    passage = anchor_at(text, offset)
    assert find_again(text, passage, offset) == (offset if passage.strip() else None)


@given(words, words, st.integers(-10, 2000))
def test_whatever_is_found_is_within_the_text_and_begins_as_the_passage_does(
    prose: str, passage: str, near: int
) -> None:
    found = find_again(prose, passage[:ANCHOR_CHARS], max(0, near))
    assert found is None or prose.startswith(passage[:20], found)


def test_of_several_the_nearest_is_found() -> None:
    prose = "He ran. " * 100
    for near in (0, 300, 333, 799, 5000):
        found = find_again(prose, "He ran. He", near)
        assert found == min((k * 8 for k in range(99)), key=lambda at: abs(at - near))


def test_a_passage_whose_end_was_changed_is_found_by_its_beginning() -> None:
    passage = "The fox came down to the water at dusk, when the herons had gone, and drank a while."[:80]
    prose = "Before it all.\n\n" + passage[:45] + " something else entirely happened to the fox."
    assert find_again(prose, passage, 0) == 16
    assert find_again("Nothing of it is left in here.", passage, 0) is None


async def test_the_story_read_last_is_the_latest_also_where_the_clock_was_set_back(store: Store, file: Path) -> None:
    _, [page, *_] = await pages_of(store, "Banks")
    short, [only] = await pages_of(store, "Short")
    await store.places.move(ANN, page)
    two_hours_back = time.time() - 7200
    async with Store.open(database_at(file), lambda: two_hours_back) as again:
        await again.places.move(ANN, only)
        latest = await again.places.latest(ANN)
    assert latest is not None and latest.id == short.id
