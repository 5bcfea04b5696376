"""What a place named in a text that is gone sleeps beside it, and wakes when that text is back."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.places import Place
from bot.store import Store
from bot.store.publishing import Source
from bot.store.reanchoring import MOST_ASLEEP
from bot.stories import Refused, read_story
from bot.stories.model import OpenPage, Spot
from tests.databases import connected, database_at, dropped, dump, rows_with
from tests.store.publishing import put_on_shelf

ANN = 101
LINE = "The fox of day {n} came down to the water at dusk, when the herons had gone, and drank until it was {n}.\n\n"
EPIGRAPH = "Who lends the river a lantern shall have it back at the sea, and the oil of it, and the light.\n\n"


def chapter(name: str, first: int, lines: int = 30, above: str = "") -> str:
    return f"Chapter {name}\n\n{above}" + "".join(LINE.format(n=first + k) for k in range(lines))


CHAPTERS = tuple(chapter(str(n), 1000 * n) for n in range(1, 5))


@dataclass
class Shelf:
    """A story whose text changes, and those who read it."""

    store: Store
    file: Path
    story: int = 0

    async def publish(self, text: str) -> None:
        story = read_story(f"Title: Banks\n\n{text}".encode(), "banks.txt")
        source = Source("banks.txt", 1, 1, "d", 1)
        self.story = await put_on_shelf(self.store, "banks", story, source)

    async def pages(self) -> list[OpenPage]:
        pages = [await self.store.pages.open((await self.store.pages.ends(self.story))[0])]
        while (on := pages[-1].following) is not None:
            pages.append(await self.store.pages.open(on))
        return pages

    async def place(self, reader: int = ANN) -> Place:
        place = await self.store.places.of(reader, self.story)
        assert place is not None
        return place

    async def opened(self, reader: int = ANN) -> OpenPage:
        """Open the story where the reader is, as /read does."""
        page = await self.store.pages.open((await self.place(reader)).spot)
        await self.store.places.move(reader, page)
        return page

    async def turned(self, *pages: OpenPage, reader: int = ANN) -> None:
        for page in pages:
            await self.store.places.move(reader, page)

    def asleep(self) -> list[str]:
        """What sleeps beside any place or furthest point."""
        with connected(self.file) as db:
            rows = db.execute("SELECT asleep, furthest_asleep FROM places").fetchall()
        return [each for row in rows for each in row if each is not None]


@pytest.fixture
async def shelf(empty_store: Store, file: Path) -> Shelf:
    found = Shelf(empty_store, file)
    await found.publish("".join(CHAPTERS))
    return found


def cut(text: str, part: float) -> str:
    return text[: int(len(text) * part)]


WHOLE = "".join(CHAPTERS)


async def spots(shelf: Shelf, *, at: int, furthest: int) -> tuple[Spot, Spot]:
    """Let Ann read to page number *furthest*, and turn back to page number *at*; return both spots."""
    pages = await shelf.pages()
    await shelf.turned(*pages[:furthest], pages[furthest], pages[at])
    place = await shelf.place()
    assert (place.spot, place.furthest) == (pages[at].spot, pages[furthest].spot)
    return place.spot, place.furthest


async def test_a_text_that_returns_brings_the_place_and_the_furthest_point_back(shelf: Shelf) -> None:
    before = await spots(shelf, at=-4, furthest=-2)
    await shelf.publish(cut(WHOLE, 0.5))
    place = await shelf.place()
    assert (place.spot, place.furthest) != before
    assert (await shelf.store.pages.open(place.spot)).story.id == shelf.story
    await shelf.publish(WHOLE)
    place = await shelf.place()
    assert (place.spot, place.furthest) == before and shelf.asleep() == []


async def test_it_does_so_after_several_changes_and_though_the_story_was_opened_meanwhile(shelf: Shelf) -> None:
    before = await spots(shelf, at=-4, furthest=-2)
    for part in (0.8, 0.5, 0.25, 0.1, 0.3, 0.6, 0.05, 0.4):
        await shelf.publish(cut(WHOLE, part))
        await shelf.opened()
    await shelf.publish(WHOLE)
    place = await shelf.place()
    assert (place.spot, place.furthest) == before


async def test_a_reader_s_own_turn_meanwhile_wins_and_the_furthest_point_is_the_further_one(shelf: Shelf) -> None:
    _, furthest = await spots(shelf, at=-4, furthest=-2)
    await shelf.publish(cut(WHOLE, 0.5))
    pages = await shelf.pages()
    await shelf.turned(pages[2], pages[3])
    own = await shelf.place()
    await shelf.publish(WHOLE)
    place = await shelf.place()
    assert (place.spot, place.furthest) == (own.spot, furthest) and place.is_behind


async def test_one_who_read_on_in_a_longer_text_meanwhile_stays_as_far_as_they_came(shelf: Shelf) -> None:
    await spots(shelf, at=-4, furthest=-2)
    await shelf.publish(cut(WHOLE, 0.5))
    longer = WHOLE.replace("fox of day 4", "hare of day 4") + chapter("5", 5000)  # the last chapter is another one now
    await shelf.publish(longer)
    pages = await shelf.pages()
    await shelf.turned(*pages)
    await shelf.publish(WHOLE + chapter("5", 5000))
    place = await shelf.place()
    assert place.furthest == pages[-1].spot == place.spot


async def test_what_sleeps_is_forgotten_where_the_reader_turned_on_and_never_pulls_them_back(shelf: Shelf) -> None:
    await spots(shelf, at=-2, furthest=-2)
    await shelf.publish(cut(WHOLE, 0.5))
    pages = await shelf.pages()
    await shelf.turned(pages[1])
    for text in (cut(WHOLE, 0.6), WHOLE, cut(WHOLE, 0.9), WHOLE):
        await shelf.publish(text)
        assert (await shelf.place()).spot == pages[1].spot


async def test_a_text_that_is_another_for_good_and_is_then_cut_brings_back_its_own_places(shelf: Shelf) -> None:
    await spots(shelf, at=-4, furthest=-2)
    other = "".join(chapter(str(n), 77_000 + 1000 * n) for n in range(1, 5))
    await shelf.publish(other)
    near = await shelf.place()
    await shelf.publish(cut(other, 0.4))
    await shelf.publish(other)
    place = await shelf.place()
    assert (place.spot, place.furthest) == (near.spot, near.furthest)


@pytest.mark.parametrize("gone", [0, 2, 3])
async def test_a_chapter_that_vanishes_and_returns_has_its_readers_again(shelf: Shelf, gone: int) -> None:
    before = await spots(shelf, at=-2, furthest=-1)
    await shelf.publish("".join(CHAPTERS[:gone] + CHAPTERS[gone + 1 :]))
    await shelf.publish(WHOLE)
    place = await shelf.place()
    assert (place.spot, place.furthest) == before


async def test_a_chapter_that_returns_as_another_one_has_its_readers_again(shelf: Shelf) -> None:
    await spots(shelf, at=-2, furthest=-2)
    page = (await shelf.pages())[-2]
    words = page.text[:80]
    await shelf.publish("".join(CHAPTERS[:3]))
    with connected(shelf.file) as db:  # nothing in it tells that it is the same one
        db.execute("UPDATE chapters SET digest = 'x', number = 99, label = 'x' WHERE position IS NULL")
    await shelf.publish(
        "".join(CHAPTERS[:3]) + "Chapter 7: Anew\n\n" + LINE.format(n=1) + CHAPTERS[3].split("\n\n", 1)[1]
    )
    place = await shelf.place()
    assert place.spot.chapter != page.spot.chapter
    for spot in (place.spot, place.furthest):
        found = await shelf.store.pages.open(spot)
        assert found.text[spot.offset - found.spot.offset :].startswith(words)


async def test_a_refrain_that_is_still_there_holds_nobody(empty_store: Store, file: Path) -> None:
    shelf = Shelf(empty_store, file)
    whole = "".join(chapter(str(n), 1000 * n, above=EPIGRAPH) for n in range(1, 5))
    await shelf.publish(whole)
    [*_, third, _] = [page for page in await shelf.pages() if page.spot.offset == 0]
    assert third.text.startswith(EPIGRAPH[:80])
    await shelf.turned(third)
    for text in (cut(whole, 0.45), cut(whole, 0.2), cut(whole, 0.45), whole):
        await shelf.publish(text)
    place = await shelf.place()
    assert (place.spot, place.furthest) == (third.spot, third.spot)


async def test_an_edit_that_loses_nobody_s_words_lets_nothing_sleep(shelf: Shelf) -> None:
    await spots(shelf, at=4, furthest=8)
    await shelf.publish(WHOLE.replace("Chapter 2\n\n", "Chapter 2\n\n" + LINE.format(n=7) * 3))
    assert shelf.asleep() == []


async def test_so_many_anchors_sleep_at_most_and_the_first_of_them_stays(shelf: Shelf) -> None:
    before = await spots(shelf, at=-4, furthest=-2)
    for n in range(1, 40):
        await shelf.publish("".join(chapter(str(k), 10_000 * n + 100 * k) for k in range(1, 5)))
    assert max(len(json.loads(each)[1]) for each in shelf.asleep()) == 2 * MOST_ASLEEP
    await shelf.publish(WHOLE)
    place = await shelf.place()
    assert (place.spot, place.furthest) == before


async def test_a_reader_and_a_story_take_along_what_sleeps(shelf: Shelf) -> None:
    reader = 987_654_321
    [*_, last] = await shelf.pages()
    await shelf.turned(last, reader=reader)
    await shelf.publish(cut(WHOLE, 0.5))
    [row] = (await shelf.store.privacy.export(reader))["places"]
    assert "fox of day 4" in row["asleep"]
    await shelf.store.privacy.delete(reader)
    assert rows_with(shelf.file, reader) == {} and shelf.asleep() == []
    assert [line for line in dump(shelf.file) if 'INTO "places' in line] == []


async def test_one_who_has_finished_stays_so_through_all_of_it(shelf: Shelf) -> None:
    pages = await shelf.pages()
    await shelf.turned(*pages)
    await shelf.publish(cut(WHOLE, 0.5))
    assert (await shelf.place()).finished
    await shelf.publish(WHOLE)
    place = await shelf.place()
    assert place.finished and place.spot == pages[-1].spot


# -- any edits ---------------------------------------------------------------------

_PARTS = st.floats(0.02, 1.0)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("cut"), _PARTS),
        st.tuples(st.just("drop"), _PARTS),
        st.tuples(st.just("insert"), _PARTS),
    ),
    min_size=1,
    max_size=4,
)


def edited(text: str, edit: tuple[str, float]) -> str:
    """The text without its end, without one of its chapters, or with a paragraph more."""
    what, part = edit
    at = int(len(text) * part)
    if what == "cut":
        return text[:at]
    if what == "insert":
        at = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else len(text)
        return f"{text[:at]}A line that stood nowhere before was put here by hand, {at} characters down.\n\n{text[at:]}"
    chapters = text.split("Chapter ")[1:]
    if len(chapters) < 2:
        return text
    del chapters[int(part * len(chapters)) - 1]
    return "".join(f"Chapter {each}" for each in chapters)


@given(edits=edits, opens=st.booleans())
@example(edits=[("cut", 0.5)], opens=True)
@example(edits=[("drop", 0.5), ("cut", 0.3)], opens=False)
@settings(max_examples=25)
async def test_after_any_edits_a_text_that_returns_has_every_reader_where_they_were(
    edits: list[tuple[str, float]], opens: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        async with Store.open(database_at(file)) as store:
            shelf, before = Shelf(store, file), dict[int, tuple[Spot, Spot]]()
            await shelf.publish(WHOLE)
            pages = await shelf.pages()
            for reader, page in enumerate(pages, start=1):
                on = pages[min(reader + 2, len(pages) - 1)]
                await shelf.turned(on, page, reader=reader)
                before[reader] = page.spot, on.spot
            text = WHOLE
            for edit in edits:
                text = edited(text, edit)
                with suppress(Refused):  # too little is left for a story: it stays as it was
                    await shelf.publish(text)
                for reader in before if opens else ():
                    await shelf.opened(reader)
            await shelf.publish(WHOLE)
            for reader, spots in before.items():
                place = await shelf.place(reader)
                assert (place.spot, place.furthest) == spots
        dropped(Path(folder))
