"""The author's numbers are the numbers: in footers, contents, jumps, quotes, reviews, news and serials."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from tests.clock import start_at
from tests.library import Library
from tests.screens import behind_more, chapters_in, go_to_chapter
from tests.seen import footer_of, shown, text_of

pytestmark = pytest.mark.sqlite("it is about numbers on the screen")

LINE = "The lamp burned on the {where} all that winter, and nobody in the long street would say who had lit it."


def tale(*headings: str) -> str:
    parts = (f"{heading}\n\n{LINE.format(where=f'{n}. step')}" for n, heading in enumerate(headings, start=1))
    return "Title: The Long Winter\n\n" + "\n\n".join(parts) + "\n"


WINTER = tale("Prologue", "Chapter 1: Snow", "Chapter 2", "Interlude", "Chapter 3: Thaw", "Epilogue")
PARTS = tale("Part One", "Chapter 1: Snow", "Chapter 2: Ice").replace(
    "\n\n" + LINE.format(where="1. step"), "", 1
) + "\n\n".join(["", "Part Two", *tale("Chapter 1: Mud", "Chapter 2: Reeds").split("\n\n")[1:]])


async def opened(library: Library, **options: object) -> ResponseMessage:
    return shown(await library.ann.slash(library.channel, "read", story="Winter", **options))


async def names_in(library: Library, page: ResponseMessage) -> dict[str, str]:
    """The chapters that a page offers, with their values."""
    return await chapters_in(library.ann, page)


async def jumped(library: Library, page: ResponseMessage, where: str) -> ResponseMessage:
    asked = await behind_more(library.ann, page, "Go to…")
    await library.restart()
    return shown(await library.ann.submit_modal(asked, {"page": where}))


async def test_a_prologue_is_not_chapter_one(library: Library) -> None:
    await library.load({"winter.txt": WINTER})
    page = await opened(library)
    assert footer_of(page).startswith("Prologue · Page 1 of 1 · ")
    assert list(await names_in(library, page)) == [
        "Prologue",
        "1. Snow",
        "Chapter 2",
        "Interlude",
        "3. Thaw",
        "Epilogue",
    ]
    assert footer_of(await opened(library, chapter=1)) == "Chapter 1 of 3 · Visiting page 1 of 1"
    assert "3. step" in text_of(await opened(library, chapter=2))


async def test_a_jump_finds_the_chapter_that_the_author_calls_so(library: Library) -> None:
    await library.load({"winter.txt": WINTER})
    page = await jumped(library, await opened(library), "ch 3")
    assert "5. step" in text_of(page) and footer_of(page).startswith("Chapter 3 of 3")
    assert "5. step" in text_of(await jumped(library, await opened(library, chapter=1), "ch 4"))
    asked = await behind_more(library.ann, page, "Go to…")
    assert "from 1 to 3" in library.refused(await library.ann.submit_modal(asked, {"page": "ch 0"}))


async def test_where_numbers_begin_anew_a_jump_stays_in_the_part_that_is_open(library: Library) -> None:
    await library.load({"winter.txt": PARTS})
    page = await opened(library, chapter=2)
    assert list(await names_in(library, page)) == ["1. Part One · Snow", "2. Ice", "1. Part Two · Mud", "2. Reeds"]
    assert "Ice" in text_of(page) and footer_of(page).startswith("Chapter 2 · Visiting page")
    assert "Snow" in text_of(await jumped(library, page, "ch 1"))
    mud = await go_to_chapter(library.ann, page, "1. Part Two · Mud")
    assert "Reeds" in text_of(await jumped(library, mud, "ch 2"))
    asked = await behind_more(library.ann, mud, "Go to…")
    assert "no chapter 7" in library.refused(await library.ann.submit_modal(asked, {"page": "ch 7"}))


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (("Letter 1", "Letter 2: Home"), ["Letter 1", "Letter 2: Home"]),
        (("ACT I", "ACT II: The Quay"), ["ACT I", "ACT II: The Quay"]),
        (("Chapter 0", "Chapter 1"), ["Chapter 0", "Chapter 1"]),
        (("Chapter 7: Snow", "Chapter 8: Ice"), ["7. Snow", "8. Ice"]),
    ],
)
async def test_what_the_author_counts_keeps_its_name(
    library: Library, headings: tuple[str, ...], names: list[str]
) -> None:
    await library.load({"winter.txt": tale(*headings)})
    assert list(await names_in(library, await opened(library))) == names


async def test_of_a_story_that_begins_later_an_earlier_chapter_is_not_offered(library: Library) -> None:
    await library.load({"winter.txt": tale("Chapter 3", "Chapter 4: Ice", "Chapter 5")})
    assert footer_of(await opened(library, chapter=4)).startswith("Chapter 4 of 5 · Visiting page")
    for number in (1, 6):
        said = library.refused(await library.ann.slash(library.channel, "read", story="Winter", chapter=number))
        assert said == f"“The Long Winter” has no chapter {number}. Pick one in Go to…."


async def test_names_without_numbers_are_counted(library: Library) -> None:
    await library.load(
        {"winter.md": "# The Long Winter\n\n" + tale("## Prologue", "## Snow", "## Ice").split("\n\n", 1)[1]}
    )
    page = await opened(library)
    assert list(await names_in(library, page)) == ["Prologue", "1. Snow", "2. Ice"]
    assert footer_of(await opened(library, chapter=2)).startswith("Chapter 2 of 2")


async def test_a_review_is_of_the_chapter_that_the_author_calls_so(library: Library) -> None:
    await library.load({"winter.txt": WINTER})
    asked = await library.ann.slash(library.channel, "review", story="Winter", chapter=1)
    said = "It made me want to light every lamp in my own street, one by one, before the snow."
    told = shown(await library.ann.submit_modal(asked, {"text": said}))
    assert "chapter 1, Snow" in text_of(told)


async def test_a_serial_names_each_chapter_as_its_author_does(library: Library, mira: MemberActor) -> None:
    await library.load({"winter.txt": WINTER})
    await start_at(library, "2026-01-12 11:00")
    options = {"channel": library.channel, "every": "every day", "time": "18:00", "timezone": "Europe/Berlin"}
    await mira.slash(library.channel, "manage serial start", story="Winter", size="chapter", **options)
    for day in (12, 13):
        await start_at(library, f"2026-01-{day} 17:00")
    feet = [footer_of(message) for message in library.channel.history() if message.interaction_metadata is None]
    assert any("Prologue" in foot for foot in feet) and any("Chapter 1 of 3" in foot for foot in feet)


async def test_a_new_epilogue_is_told_by_its_name(library: Library) -> None:
    await library.load({"winter.txt": tale("Prologue", "Chapter 1: Snow", "Chapter 2")})
    *_, loaded = await library.load({"winter.txt": tale("Prologue", "Chapter 1: Snow", "Chapter 2", "Epilogue")})
    assert loaded.remarks == ("Epilogue is new",)


async def test_a_quote_names_the_chapter_as_its_author_does(library: Library) -> None:
    await library.load({"winter.txt": tale("Prologue", "Chapter 1: Snow")})
    seen: set[str] = set()
    for _ in range(4):
        drawn = shown(await library.ann.slash(library.channel, "quote", story="Winter"))
        seen.add(footer_of(drawn).split(" · ")[1])
    assert seen == {"Prologue", "Chapter 1"}
