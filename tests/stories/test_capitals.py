"""Collections: tales that are headed by nothing but a line in capitals."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story

TALE = "\n\n".join(
    ["The heron stood on one leg in the shallows and said nothing to the miller, who had come a long way to ask."] * 16
)


def read(*headings: str, gap: str = "\n\n\n", text: str = TALE) -> Story:
    tales = gap.join(f"{heading}\n\n{text}" for heading in headings)
    return read_story(f"FOUR TALES\n\nby Ottoline Marsh{gap}{tales}\n".encode(), "0001.txt")


def test_lines_in_capitals_with_tales_below_them_are_chapters() -> None:
    story = read("THE HERON", "THE BROKEN WHEEL.", "EASTER")
    assert (story.title, story.author) == ("FOUR TALES", "Ottoline Marsh")
    assert [chapter.title for chapter in story.chapters] == ["THE HERON", "THE BROKEN WHEEL", "EASTER"]
    assert all(chapter.prose == TALE for chapter in story.chapters)


@pytest.mark.parametrize(
    "headings",
    [
        ("THE HERON", "EASTER"),
        ("ILSE", "TOM", "ILSE", "TOM"),
        ("THREE DAYS LATER", "THE NEXT MORNING", "TWO YEARS AGO"),
        ("WHO GOES THERE?", "STOP!", "HELP..."),
        ("THE HERON", "12:30 A.M.", "12:45 A.M.", "EASTER"),
    ],
    ids=lambda headings: headings[0],
)
def test_other_lines_in_capitals_are_prose(headings: tuple[str, ...]) -> None:
    story = read(*headings)
    assert len(story.chapters) == 1
    assert all(heading in story.chapters[0].prose for heading in headings)


def test_scenes_that_open_with_their_place_in_capitals_are_prose() -> None:
    assert len(read("THE MILL", "THE WEIR", "THE ROAD", gap="\n\n").chapters) == 1
    assert len(read("THE MILL", "THE WEIR", "THE ROAD", text="It rained.\n\nIt rained on.").chapters) == 1
