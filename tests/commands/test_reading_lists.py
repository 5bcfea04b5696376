"""A reader's own lists, and the way back into a story."""

from __future__ import annotations

from simcord.results import ResponseMessage

from bot.domain.reading_lists import ReadingList
from bot.stories.sentences import last_sentences
from tests.conftest import Library, behind_more, buttons_of, footer_of, options_of, read_at, shown, text_of, to_last

WEEK = 7 * 24 * 60 * 60


async def lists(library: Library, name: ReadingList = "reading") -> ResponseMessage:
    return shown(await library.ann.slash(library.channel, "reading", list=name))


def label_of(message: ResponseMessage, start: str) -> str:
    [label] = [label for label in buttons_of(message) if label.startswith(start)]
    return label


async def away(library: Library, seconds: int) -> None:
    """Let so much time pass since every reader last turned a page."""
    moved_at = (int(library.clock()) - seconds) * 1_000_000_000
    await library.store._db.execute("UPDATE places SET moved_at = ?", (moved_at,))  # pyright: ignore[reportPrivateUsage]


# -- lists --------------------------------------------------------------------------------


async def test_what_is_begun_is_listed_with_how_far_and_the_way_back(library: Library) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=3)
    await library.restart()
    listed = await lists(library)
    assert listed.ephemeral and "% read" in text_of(listed) and "Lighthouse" in text_of(listed)
    await library.restart()
    page = shown(await library.ann.click(listed, label=label_of(listed, "Resume: ")))
    assert "Page 3 of 6" in footer_of(page)


async def test_a_story_read_to_its_end_is_finished(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await to_last(library.ann, page)
    assert "Lighthouse" not in text_of(await lists(library))
    finished = await lists(library, "finished")
    assert "100% read" in text_of(finished)
    again = shown(await library.ann.click(finished, label=label_of(finished, "Read again: ")))
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
    drawn = shown(await library.ann.click(await lists(library), label="Remove 1"))
    assert "Lighthouse" not in text_of(drawn) and "no story open" in text_of(drawn)
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert "Page 3 of 6" in footer_of(page)
    assert "Lighthouse" in text_of(await lists(library))


async def test_a_card_puts_a_story_on_a_list(library: Library) -> None:
    card = shown(await library.ben.slash(library.channel, "story", story="Lighthouse"))
    panel = shown(await library.ann.click(card, label="Add to a list"))
    assert panel.ephemeral and "none of your lists" in text_of(panel)
    await library.restart()
    drawn = shown(await library.ann.select(panel, ["later"]))
    assert "on your list **Later**" in text_of(drawn)
    later = await lists(library, "later")
    assert "Lighthouse" in text_of(later) and "not begun" in text_of(later)
    assert "no story open" in text_of(shown(await library.ben.slash(library.channel, "reading")))
    await library.ann.click(later, label=label_of(later, "Read: "))
    assert "Lighthouse" in text_of(await lists(library))
    panel = shown(await library.ann.click(await lists(library), label="Move 1"))
    await library.ann.select(panel, ["-"])
    assert "no story open" in text_of(await lists(library))


async def test_the_select_shows_another_list_and_counts(library: Library) -> None:
    put: list[tuple[str, ReadingList]] = [("Lighthouse", "paused"), ("Ferry", "paused"), ("Spoon", "dropped")]
    for title, name in put:
        await library.store.reading_lists.put(library.ann.id, await library.id_of(title), name)
    reading = await lists(library)
    assert {"Paused (2)", "Dropped (1)", "Reading (0)"} <= set(options_of(reading))
    paused = shown(await library.ann.select(reading, ["paused"]))
    assert "Lighthouse" in text_of(paused) and "Ferry" in text_of(paused)


async def test_a_long_list_is_turned_page_by_page(library: Library) -> None:
    names = [f"Number {n}" for n in range(7)]
    await library.load({f"n{n}.txt": f"Title: {name}\n\nIt rained all day.\n" for n, name in enumerate(names)})
    for name in names:
        await library.store.reading_lists.put(library.ann.id, await library.id_of(name), "later")
    page = await lists(library, "later")
    seen = text_of(page)
    for _ in range(2):
        await library.restart()
        page = shown(await library.ann.click(page, label="Next"))
        seen += text_of(page)
    assert all(name in seen for name in names) and not buttons_of(page)["Next"]
    for _ in range(2):  # the page that is left empty is not shown
        page = shown(await library.ann.click(page, label="Remove 1")) if "Remove 1" in buttons_of(page) else page
    assert "Number" in text_of(page)


async def test_a_hidden_story_is_on_no_list(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Lighthouse")
    await library.take_away("lighthouse.txt")
    assert "Lighthouse" not in text_of(await lists(library))


# -- coming back --------------------------------------------------------------------------


async def test_after_a_week_the_page_opens_with_the_last_sentences_read(library: Library) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=3)
    place = await library.store.places.of(library.ann.id, await library.id_of("Lighthouse"))
    assert place is not None
    previous = (await library.store.pages.open(place.spot)).previous
    assert previous is not None
    before = await library.store.pages.open(previous)
    assert "Where you left off" not in text_of(shown(await library.ann.slash(library.channel, "read")))
    await away(library, WEEK + 60)
    told = text_of(shown(await library.ann.slash(library.channel, "read")))
    assert "Where you left off" in told
    assert last_sentences(before.text, 2, 400)[-30:] in told
    assert "Where you left off" not in text_of(shown(await library.ann.slash(library.channel, "read")))


async def test_one_who_went_back_is_offered_the_furthest(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=5))
    assert "Furthest page" not in buttons_of(shown(await library.ann.click(page, label="More")))
    await read_at(library, library.ann, story="Lighthouse", page=2)
    page = shown(await library.ann.slash(library.channel, "read"))
    assert "Page 2 of 6" in footer_of(page)
    await library.restart()
    page = shown(await behind_more(library.ann, page, "Furthest page"))
    assert "Page 5 of 6" in footer_of(page)
    again = shown(await library.ann.slash(library.channel, "read"))
    assert "Furthest page" not in buttons_of(shown(await library.ann.click(again, label="More")))


def test_the_last_sentences_of_a_page() -> None:
    text = "It rained. The miller slept.\n\nNobody came! Then, at four, a bell rang."
    assert last_sentences(text, 2, 400) == "Nobody came! Then, at four, a bell rang."
    assert last_sentences("One. Two.\n\nThree.", 2, 400) == "Two. Three."
    assert last_sentences("word " * 200, 2, 40).startswith("…word") and len(last_sentences("word " * 200, 2, 40)) <= 40
    assert last_sentences("", 2, 40) == ""
