"""Contents: chapters to choose from, what is read of them, and the places that can be typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.domain.places import JumpTarget, read_jump
from tests.library import Library
from tests.screens import behind_more, chapter_options, go_to, go_to_chapter, to_last
from tests.seen import footer_of, shown, text_of

pytestmark = pytest.mark.sqlite("it is about pages on the screen")

DAY = "The {n}. day came up grey over the roofs, and nobody in the long street had slept."


def almanac(count: int) -> str:
    chapters = (f"Chapter {n}: Day {n}\n\n{DAY.format(n=n)}\n" for n in range(1, count + 1))
    return "Title: The Almanac\n\n" + "\n".join(chapters)


async def offered(library: Library, reader: MemberActor, **options: Any) -> list[dict[str, str]]:
    """The chapters that *Go to…* offers on a page of its reader's own."""
    page = shown(await reader.slash(library.channel, "read", share=False, **options))
    return chapter_options(await behind_more(reader, page, "Go to…"))


def labels(options: list[dict[str, str]]) -> list[str]:
    return [option["label"] for option in options]


def marks(options: list[dict[str, str]]) -> list[str]:
    """What each option says first: that one is there, that it is read, or its words."""
    return [option["description"].split(" · ")[0] for option in options]


async def test_of_any_number_of_chapters_those_around_are_offered_and_all_can_be_typed(library: Library) -> None:
    await library.load({"almanac.txt": almanac(120)})
    around = labels(await offered(library, library.ann, story="Almanac", chapter=60))
    assert len(around) == 25 and {"59. Day 59", "60. Day 60", "61. Day 61"} <= set(around)
    assert len(labels(await offered(library, library.ann, story="Almanac", chapter=120))) == 25
    page = shown(await library.ann.slash(library.channel, "read", story="Almanac", share=False))
    assert "Chapter 2 of 120" in footer_of(await go_to_chapter(library.ann, page, "2. Day 2"))
    assert "Chapter 117 of 120" in footer_of(await go_to(library.ann, page, "ch 117"))


async def test_what_is_read_is_marked_in_words_for_each_reader(library: Library) -> None:
    before = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=2, page=2, share=False))
    first = marks(await offered(library, library.ann, story="Ferry", chapter=1))
    assert first[0] == "You're here" and "Read" not in first[1:]
    await library.ann.click(before, label="Next")  # from a visit on to the third chapter
    assert marks(await offered(library, library.ann, story="Ferry"))[:2] == ["Read", "Read"]
    assert "Read" not in marks(await offered(library, library.ben, story="Ferry"))


async def test_nobody_sees_on_their_copy_what_another_has_read(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    await to_last(library.ann, page)
    assert "Read" not in marks(chapter_options(await behind_more(library.ben, page, "Go to…")))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("12", JumpTarget("page", 12)),
        (" page 3 ", JumpTarget("page", 3)),
        ("p. 3", JumpTarget("page", 3)),
        ("50%", JumpTarget("percent", 50)),
        ("50 percent", JumpTarget("percent", 50)),
        ("0%", JumpTarget("percent", 0)),
        ("ch 4", JumpTarget("chapter", 4)),
        ("Chapter 4", JumpTarget("chapter", 4)),
        ("ch.4", JumpTarget("chapter", 4)),
        ("next scene", JumpTarget("scene")),
        ("Next  Scene", JumpTarget("scene")),
        ("scene", JumpTarget("scene")),
        ("101%", JumpTarget("percent", 100)),
        ("150 %", JumpTarget("percent", 100)),
        ("½", JumpTarget("percent", 50)),
        ("3/4", JumpTarget("percent", 75)),
        ("0", JumpTarget("page", 0)),
        ("start", JumpTarget("start")),
        ("First page", JumpTarget("start")),
        ("the beginning", JumpTarget("start")),
        ("end", JumpTarget("end")),
        ("LAST", JumpTarget("end")),
        ("last page", JumpTarget("end")),
        ("1/0", None),
        ("", None),
        ("twelve", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("12345678", None),
    ],
)
def test_a_typed_place_is_understood(typed: str, asked: JumpTarget | None) -> None:
    assert read_jump(typed) == asked


@given(st.text())
def test_any_typed_text_is_a_place_or_none(typed: str) -> None:
    asked = read_jump(typed)
    assert asked is None or 0 <= asked.number < 10**7


async def jump(library: Library, page: ResponseMessage, where: str) -> ResponseMessage:
    modal = await behind_more(library.ann, page, "Go to…")
    await library.restart()
    return shown(await library.ann.submit_modal(modal, {"page": where}))


async def test_the_jump_goes_to_a_chapter_or_as_far_as_is_said(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    for where, there in (
        ("ch 3", "Chapter 3 of 3"),
        ("0%", "Chapter 1 of 3"),
        ("100%", "Chapter 3 of 3 · Visiting page 2 of 2"),
    ):
        page = await jump(library, page, where)
        assert there in footer_of(page)
    page = await jump(library, page, "50%")
    assert "Chapter 2 of 3" in footer_of(page)


async def test_the_jump_goes_to_the_next_scene_over_many_pages(library: Library) -> None:
    scene = "\n\n".join(f"It was the {n}. hour, and still nobody had come up from the harbour." for n in range(90))
    text = f"Title: Three Watches\n\n{scene}\n\n***\n\nThe second watch began.\n\n{scene}\n\n***\n\nThe third one.\n"
    await library.load({"watches.txt": text})
    page = shown(await library.ann.slash(library.channel, "read", story="Watches"))
    page = await jump(library, page, "next scene")
    assert "The second watch began." in text_of(page)
    page = await jump(library, page, "next scene")
    assert "The third one." in text_of(page)
    modal = await behind_more(library.ann, page, "Go to…")
    assert "last scene" in library.refused(await library.ann.submit_modal(modal, {"page": "scene"}))


@pytest.mark.parametrize(
    ("where", "there"),
    [
        ("end", "Chapter 3 of 3 · Visiting page 2 of 2"),
        ("last", "Chapter 3 of 3 · Visiting page 2 of 2"),
        ("150%", "Chapter 3 of 3 · Visiting page 2 of 2"),
        ("ch 9", "Chapter 3 of 3 · Visiting page 1 of 2"),
        ("start", "Chapter 1 of 3"),
        ("first", "Chapter 1 of 3"),
        ("½", "Chapter 2 of 3"),
        ("0", "Chapter 2 of 3 · Visiting page 1 of"),
        ("9999999", "Chapter 2 of 3 · Visiting page 2 of 2"),
    ],
)
async def test_what_is_beyond_the_story_leads_to_its_nearest_page(library: Library, where: str, there: str) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry", chapter=2))
    assert there in footer_of(await jump(library, page, where))


async def test_without_chapters_no_chapter_is_offered_nor_spoken_of(library: Library) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    modal = await behind_more(library.ann, page, "Go to…")
    assert "ch 4" not in str(modal.modal)
    assert "ch 4" not in library.refused(await library.ann.submit_modal(modal, {"page": "nowhere"}))
    last = await jump(library, page, "end")
    modal = await behind_more(library.ann, last, "Go to…")
    assert "chapter" not in library.refused(await library.ann.submit_modal(modal, {"page": "next scene"}))


@pytest.mark.parametrize("where", ["nowhere", "-1", "ch 0"])
async def test_a_place_that_is_not_there_is_refused_kindly(library: Library, where: str) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry"))
    modal = await behind_more(library.ann, page, "Go to…")
    assert library.refused(await library.ann.submit_modal(modal, {"page": where}))
