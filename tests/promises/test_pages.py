"""A page's words are the file's: all of them, in their order, and they stay whose they are when a file changes."""

from __future__ import annotations

import re

import pytest

from tests.promises.conftest import World
from tests.promises.ways import GOOSE, JAR, MORE, card, end_of, mine, pages, review

ENDS = {
    "01-a-jar-of-thunder.txt": ("The jar stood between", "and then she turned the lid."),
    "02-ladder-street.txt": ("There was no street in Ladder Street", "for another eleven years."),
    "deliver-by-low-water.txt": ("The sea came for Orrin", "and the one beside that."),
    "leave-it-running-at-booth-six.txt": (
        "Leave it running, leave it running,\nI only",
        "I'll tell you. And then you.",
    ),
    "quatre-minutes-vingt-et-une.txt": ("La gare de Saint-Brès-sous-Roche avait", "lui ouvrir la porte de la cuisine."),
    "the-goose-has-the-deciding-vote.txt": ("The count came to 306 votes each.", "as a request for a recount."),
    "the-lamp-on-quarry-road.txt": ("The letter reached the packing floor", 'get a train to Wales?"'),
    "the-piano-between-four-and-five.txt": ("Four men carry the piano in from the truck,", "to the start of the line."),
}
"""Where the story of each file begins and ends: its author's words around it are no part of it."""

TITLES = {
    "01-a-jar-of-thunder.txt": JAR,
    "02-ladder-street.txt": "Ladder Street",
    "the-goose-has-the-deciding-vote.txt": GOOSE,
}


HEADING = re.compile(r"^(?:Chapter \d+: (.+)|(Prologue))$", re.MULTILINE)


def words(text: str) -> list[str]:
    """The words of a text, without marks of emphasis and signs between scenes."""
    return [word for word in re.sub(r"[*_\\]", "", text).split() if re.search(r"\w", word)]


def prose(text: str, begins: str, ends: str) -> list[str]:
    """The words of the story in a file, without its headings and the notes between its chapters."""
    start = text.index(begins)
    story = HEADING.sub("", text[start : text.rindex(ends) + len(ends)])
    return words(re.sub(r"^A/N: .+$", "", story, flags=re.MULTILINE))


def without_headings(page: str, text: str) -> str:
    """A page without the name of its chapter, where that stands above its first paragraph."""
    names = {name for found in HEADING.findall(text) for name in found if name}
    return "\n".join(line for line in page.split("\n") if line.strip("*") not in names)


@pytest.mark.parametrize("length", ["phone", "desktop"])
async def test_the_pages_of_a_story_are_its_file_word_by_word(world: World, length: str) -> None:
    await world.ann.pick(await world.ann.types("settings"), f"{length} screen")
    for name, ends in ENDS.items():
        title = TITLES.get(name) or name.removesuffix(".txt").replace("-", " ")
        text = (world.folder / name).read_text("utf-8")
        shown = [page.page async for page in pages(world.ann, title)]
        told = [word for page in shown for word in words(without_headings(page, text))]
        assert told == prose(text, *ends), name
        assert (len(shown) > 1) == (len(text) > 1_200), "a short story is one page"


async def test_a_chapter_is_found_by_its_authors_number(world: World) -> None:
    for number, heading in ((1, "Handed In at the Counter"), (2, "Four Kinds of Mud"), (4, "Left, Right")):
        assert heading in (await world.ann.types("read", story="Low Water", chapter=number)).text
    page = await world.ann.types("read", story="Low Water")
    gone_to = await world.ann.fill(await world.ann.press(page, "More", "Go to…"), page="ch 3")
    assert "Hob Starling Makes an Offer" in gone_to.text


async def test_going_back_shows_the_page_before(world: World) -> None:
    forth = [page.page async for page in pages(world.ann, "Piano")]
    page, back = await world.ann.types("read", story="Piano"), list[str]()
    while True:
        back.append(page.page)
        if "Back" not in page.labels:
            break
        page = await world.ann.press(page, "Back")
    assert back == forth[::-1]


# -- when files change -----------------------------------------------------------------


async def use(world: World) -> None:
    """Two readers do all there is to do with a story."""
    for reader in (world.ann, world.ben):
        page = await end_of(reader, GOOSE)
        await reader.press(page, MORE)
        await reader.press(page, "🔥")
    await review(world.ann, "The goose should have won it.", GOOSE)
    await world.ann.press(await world.ann.types("quote", story=GOOSE), "Save")
    page = await world.cleo.types("read", story=GOOSE)
    for _ in range(4):
        page = await world.cleo.press(page, "Next")
    await world.cleo.fill(await world.cleo.press(page, "More", "Bookmark"), note="where I stopped")


async def looks(world: World) -> dict[str, str]:
    """All that they did, as it shows."""
    saved = await mine(world.ann, "Quotes")
    return {
        "card": (await card(world.mira, GOOSE)).text,
        "vote": (await world.ann.types("vote", story=GOOSE)).text,
        "reactions": (await world.ben.types("react", story=GOOSE)).text,
        "review": (await world.ann.types("review", story=GOOSE)).text,
        "quote": saved.text,
        "finished": (await mine(world.ann, "Finished")).text,
        "bookmark": (await mine(world.cleo, "Bookmarks")).text,
        "place": (await world.cleo.types("read", story=GOOSE)).page,
    }


FILE = "the-goose-has-the-deciding-vote.txt"


async def test_reading_the_folder_again_changes_nothing(world: World) -> None:
    await use(world)
    before, held = await looks(world), [page.page async for page in pages(world.mira, GOOSE)]
    text = (world.folder / FILE).read_text("utf-8")
    await world.read_folder()
    await world.write(FILE, text)
    await world.restart()
    assert await looks(world) == before
    assert [page.page async for page in pages(world.otto, GOOSE)] == held


async def test_a_changed_text_keeps_what_readers_did_and_where_they_are(world: World) -> None:
    await use(world)
    before = await looks(world)
    text = (world.folder / FILE).read_text("utf-8")
    more = "It had been a quiet year for elections until then, and I had hoped to keep it so.\n\n"
    await world.write(FILE, text.replace("The count came to 306", f"{more * 9}The count came to 306"))
    assert "a quiet year" in (await world.mira.types("read", story=GOOSE)).page
    after = await looks(world)
    assert words(before["place"])[:8] == [word for word in words(after["place"]) if word in before["place"]][:8]
    for name in ("vote", "reactions", "review", "quote", "finished"):
        assert after[name] == before[name], name
    assert "where I stopped" in after["bookmark"] and "🔥 2" in after["card"]


async def test_a_story_that_is_taken_away_shows_nowhere_and_comes_back_with_all(world: World) -> None:
    await use(world)
    before, old = await looks(world), await world.ann.types("read", story=GOOSE, share=True)
    text = (world.folder / FILE).read_text("utf-8")
    await world.remove(FILE)
    for reader in (world.ann, world.ben, world.otto):
        for command in ("read", "stories", "quote", "react", "vote", "review"):
            assert (await reader.types(command, story="Deciding Vote")).tells("goose", "Perpetua") == []
            assert "Goose" not in await reader.offered(command, "story", "goose")
        assert (await reader.types("search", text="Perpetua Haddow")).tells("goose") == []
    for tab in ("Finished", "Quotes"):
        assert (await mine(world.ann, tab)).tells("goose", "Perpetua") == []
    for custom_id in old.ids:
        assert (await world.ben.press_id(old, custom_id)).tells("Perpetua") == [], custom_id
    await world.write(FILE, text)
    assert await looks(world) == before
