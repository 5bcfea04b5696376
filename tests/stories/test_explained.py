"""Why each line around a story has its role: its looks, the words of an author in it, and the law that bound it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.formats.text import read_text
from bot.stories.sections.explained import Explained, explained

STORY = (
    "The lamp at the end of the quay had been out for a week when Corin rowed over to mend it.",
    "He found the glass whole and the wick dry, and a bird asleep in the housing with its head under its wing.",
    "He rowed home in the dark, and for nine nights the boats came in by the noise of the gulls.",
    "On the tenth the bird flew, and Corin lit the lamp, and nobody in the harbour said a word about it.",
)


def lines_of(*paragraphs: str) -> dict[str, Explained]:
    """Return the lines that are explained, by their text."""
    outside = read_text("\n\n".join(paragraphs).encode()).outside
    assert outside is not None
    return {line.text: line for line in explained(outside)}


def test_the_lines_outside_and_the_outer_lines_of_the_story_are_explained() -> None:
    found = lines_of("Out of Season", "by inkgull", *STORY, "THE END", "Please review, this is my first fic!")
    assert {text: line.role for text, line in found.items()} == {
        "Out of Season": "title",
        "by inkgull": "author",
        STORY[0]: "story",
        STORY[-1]: "story",
        "THE END": "end mark",
        "Please review, this is my first fic!": "note",
    }
    assert all(1 <= len(line.looks) <= 3 for line in found.values())


def test_a_recognised_line_has_what_it_is_among_its_looks() -> None:
    found = lines_of("Out of Season", "by inkgull", *STORY, "THE END")
    assert "a byline" in found["by inkgull"].looks
    assert "an end mark" in found["THE END"].looks


def test_a_note_has_the_words_of_its_author() -> None:
    note = "Please review, this is my first fic!"
    found = lines_of("Out of Season", "by inkgull", *STORY, note)
    assert "please review" in found[note].words
    assert found[note].law is None
    assert "please review" not in found[STORY[0]].words


def test_a_line_that_a_law_keeps_in_the_story_is_explained_with_the_law() -> None:
    last = "I was sorry about that afterwards"
    found = lines_of("Out of Season", *STORY, last)
    assert (found[last].role, found[last].law) == ("story", "no sign of its author: stays in the story")


@pytest.mark.parametrize(
    ("above", "below", "line", "role", "law"),
    [
        (["A/N:"], [], STORY[0], "note", "a label, a heading, or the text of a label does not begin a story"),
        ([], ["Ilse Reed"], "Ilse Reed", "story", "no sign of its author: stays in the story"),
        (
            [],
            ["***", "Chapter 2"],
            "Chapter 2",
            "story",
            "part of a letter, an aside or a chapter of the story: stays in the story",
        ),
    ],
)
def test_the_law_that_decided_is_named(above: list[str], below: list[str], line: str, role: str, law: str) -> None:
    found = lines_of(*above, *STORY, *below)
    assert (found[line].role, found[line].law) == (role, law)


def test_notes_that_outweigh_the_story_are_explained_by_that() -> None:
    note = "Thanks for reading my first fic, please review and leave kudos, my next update is on Friday if you comment!"
    found = lines_of("Out of Season", "by inkgull", "The lamp went out.", note)
    assert found[note].role == "story"
    assert found[note].law == "the notes would have more words than the story: stays in the story"


def test_lines_are_in_their_order_and_the_two_ends_are_apart() -> None:
    found = list(lines_of("Out of Season", "by inkgull", *STORY, "THE END").values())
    assert [line.text for line in found] == ["Out of Season", "by inkgull", STORY[0], STORY[-1], "THE END"]
    assert [line.is_above for line in found] == [True, True, True, False, False]


PIECES = [
    "LOW WATER",
    "by Ilse",
    "Rating: T",
    "A/N: hi",
    "please review",
    "***",
    "Chapter 2",
    *STORY,
    "END",
    "Dear Ada,",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_a_line_is_explained_once_and_has_the_role_that_it_was_read_with(pieces: list[str]) -> None:
    outside = read_text("\n\n".join(pieces).encode()).outside
    if outside is None:
        return
    found = explained(outside)
    places = ["story" if line.role == "story" else "outside" for line in found]
    assert places.count("outside") == len(outside.above) + len(outside.below)
    assert len(found) <= len(outside.looks.lines)


@pytest.mark.parametrize("text", ["x", "***", "by", "The end"])
def test_a_text_of_one_line_is_explained(text: str) -> None:
    outside = read_text(text.encode()).outside
    assert outside is not None and len(explained(outside)) == 1
