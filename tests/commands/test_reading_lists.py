"""A reader's own lists, and the way back into a story."""

from __future__ import annotations

from simcord.results import ResponseMessage

from bot.domain.me import ReadingList
from bot.stories.sentences import last_sentences
from tests.library import Library
from tests.screens import card_for, mine, read_at, to_last
from tests.seen import Message, buttons_of, components_of, footer_of, options_of, select_of, shown, text_of

WEEK = 7 * 24 * 60 * 60


async def lists(library: Library, name: ReadingList = "reading") -> ResponseMessage:
    return await mine(library.ann, library.channel, name)


async def open_first(library: Library, listed: ResponseMessage) -> Message:
    """Pick the first story of a list."""
    [first, *_] = options_of(listed, "rp2").values()
    return shown(await library.ann.select(listed, [first], custom_id="rp2"))


async def edit_first(library: Library, name: ReadingList = "reading") -> Message:
    """Where the first story of a list may go, through *Edit this list*."""
    editing = shown(await library.ann.click(await lists(library, name), label="Edit this list"))
    [first, *_] = options_of(editing, "mp2").values()
    return shown(await library.ann.select(editing, [first], custom_id="mp2"))


async def move(library: Library, panel: Message, to: str) -> Message:
    return shown(await library.ann.select(panel, [to], custom_id=select_of(panel, "mo1")))


async def away(library: Library, seconds: int) -> None:
    """Let so much time pass since every reader last turned a page."""
    moved_at = (int(library.clock()) - seconds) * 1_000_000_000
    await library.store._db.execute("UPDATE places SET moved_at = ?", (moved_at,))  # pyright: ignore[reportPrivateUsage]


# -- lists --------------------------------------------------------------------------------


def list_in(panel: Message) -> str:
    """The list that a story's panel shows it on."""
    [chosen] = [option["label"] for option in components_of(panel)[0]["options"] if option.get("default")]
    return chosen


async def test_what_is_begun_is_listed_with_how_far_and_the_way_back(library: Library) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=3)
    await library.restart()
    listed = await lists(library)
    assert listed.ephemeral and "% · " in text_of(listed) and "Lighthouse" in text_of(listed)
    await library.restart()
    page = await open_first(library, listed)
    assert "Page 3 of 6" in footer_of(page)


async def test_a_story_read_to_its_end_is_finished(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await to_last(library.ann, page)
    assert "Lighthouse" not in text_of(await lists(library))
    finished = await lists(library, "finished")
    assert "Lighthouse" in text_of(finished)
    again = await open_first(library, finished)
    await library.ann.click(again, label="Back")
    assert "Lighthouse" in text_of(await lists(library, "finished"))


async def test_a_new_chapter_of_a_finished_story_makes_it_one_that_is_read(library: Library) -> None:
    path = library.folder / "ferry.txt"
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    await to_last(library.ann, page)
    more = "\n\nChapter 4: Beyond\n\n" + "They went on along the shore until it was dark. " * 80
    await library.load({"ferry.txt": path.read_text("utf-8") + more + "\n\n" + more})
    opened = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    await library.ann.click(opened, label="Next")
    assert "Ferry" in text_of(await lists(library))


async def test_a_story_is_taken_off_and_its_place_stays(library: Library) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=3)
    drawn = await move(library, await edit_first(library), "-")
    assert list_in(drawn) == "List: none"
    left = shown(await library.ann.click(drawn, label="My lists"))
    assert "Lighthouse" not in text_of(left) and "not reading anything" in text_of(left)
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert "Page 3 of 6" in footer_of(page)
    assert "Lighthouse" in text_of(await lists(library))


async def test_a_card_puts_a_story_on_a_list(library: Library) -> None:
    card = await card_for(library.ben, library.channel, "Lighthouse")
    panel = shown(await library.ann.click(card, label="Add to list"))
    assert panel.ephemeral and list_in(panel) == "List: none"
    await library.restart()
    drawn = await move(library, panel, "later")
    assert list_in(drawn) == "List: Later"
    later = await lists(library, "later")
    assert "Lighthouse" in text_of(later) and "%" not in text_of(later)
    assert "not reading anything" in text_of(await mine(library.ben, library.channel))
    await open_first(library, later)
    assert "Lighthouse" in text_of(await lists(library))
    await move(library, await edit_first(library), "-")
    assert "not reading anything" in text_of(await lists(library))


async def test_the_select_shows_another_list_and_counts(library: Library) -> None:
    put: list[tuple[str, ReadingList]] = [("Lighthouse", "paused"), ("Ferry", "paused"), ("Spoon", "dropped")]
    for title, name in put:
        await library.store.reading_lists.put(library.ann.id, await library.id_of(title), name)
    reading = await lists(library)
    assert {"Paused · 2", "Dropped · 1", "Reading", "Bookmarks", "My data"} <= set(options_of(reading))
    paused = shown(await library.ann.select(reading, ["paused"], custom_id=select_of(reading, "me1")))
    assert "Lighthouse" in text_of(paused) and "Ferry" in text_of(paused)


async def test_a_long_list_is_turned_page_by_page(library: Library) -> None:
    names = [f"Number {n}" for n in range(14)]
    await library.load({f"n{n}.txt": f"Title: {name}\n\nIt rained all day.\n" for n, name in enumerate(names)})
    for name in names:
        await library.store.reading_lists.put(library.ann.id, await library.id_of(name), "later")
    page = await lists(library, "later")
    seen = text_of(page)
    for _ in range(2):
        await library.restart()
        page = shown(await library.ann.click(page, label="Next"))
        seen += text_of(page)
    assert all(name in seen for name in names) and "Next" not in buttons_of(page)
    for name in names[:2]:  # the last page, which is left empty, is not shown
        await library.store.reading_lists.put(library.ann.id, await library.id_of(name), None)
    editing = shown(await library.ann.click(page, label="Edit this list"))
    assert "Number" in text_of(editing)


async def test_a_hidden_story_is_on_no_list(library: Library) -> None:
    for title in ("Ferry", "Lighthouse"):
        await library.ann.slash(library.channel, "read", story=title)
    assert "Reading · 2" in options_of(await lists(library, "later"))
    await library.take_away("lighthouse.txt")
    assert "Lighthouse" not in text_of(await lists(library))
    assert "Reading · 1" in options_of(await lists(library, "later"))


# -- coming back --------------------------------------------------------------------------


async def test_after_a_week_the_page_opens_with_the_last_sentences_read(library: Library) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=3)
    place = await library.store.places.of(library.ann.id, await library.id_of("Lighthouse"))
    assert place is not None
    previous = (await library.store.pages.open(place.spot)).previous
    assert previous is not None
    before = await library.store.pages.open(previous)
    assert "Where you left off" not in text_of(shown(await library.ann.slash(library.channel, "read")))
    await away(library, WEEK - 60)
    assert "Where you left off" not in text_of(shown(await library.ann.slash(library.channel, "read")))
    await away(library, WEEK + 60)
    told = text_of(shown(await library.ann.slash(library.channel, "read")))
    assert "Where you left off" in told
    assert last_sentences(before.text, 2, 400)[-30:] in told
    assert "Where you left off" not in text_of(shown(await library.ann.slash(library.channel, "read")))


def test_the_last_sentences_of_a_page() -> None:
    text = "It rained. The miller slept.\n\nNobody came! Then, at four, a bell rang."
    assert last_sentences(text, 2, 400) == "Nobody came! Then, at four, a bell rang."
    assert last_sentences("One. Two.\n\nThree.", 2, 400) == "Two. Three."
    assert last_sentences("word " * 200, 2, 40).startswith("…word") and len(last_sentences("word " * 200, 2, 40)) <= 40
    assert last_sentences("", 2, 40) == ""
