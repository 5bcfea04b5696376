"""A short line at an end of a story stays in the story, whatever stands beyond it.

Somebody who had not read the parser wrote the lines, ten kinds of them, the tales and the notes in the folder ``ends``.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import pytest

from bot.stories import Story, read_story
from bot.stories.sections.labels import read_labels

FOLDER = Path(__file__).with_name("ends")
COUNT, SEED = 300, 27
TITLE = "The Weight of Small Boats"
HEADS = (TITLE, f"{TITLE}\nby inkgull", f"Title: {TITLE}\nRating: G")

End = Literal["first", "last"]


def _read(name: str) -> object:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


LINES = cast(dict[str, list[str]], _read("lines"))
TALES = cast(list[str], _read("tales"))
NOTES = cast(dict[str, list[str]], _read("notes"))


@dataclass(frozen=True)
class Post:
    """A tale with a line at one end of it, and a note beyond that, if any."""

    head: str
    tale: str
    line: str
    end: End
    note: str

    @property
    def told(self) -> str:
        return "\n\n".join((self.line, self.tale) if self.end == "first" else (self.tale, self.line))

    @property
    def text(self) -> str:
        pieces = (self.note, self.told) if self.end == "first" else (self.told, self.note)
        return "\n\n".join(filter(None, (self.head, *pieces)))


def _posts() -> Iterator[Post]:
    chance = random.Random(SEED)
    for n in range(COUNT):
        kind = list(LINES)[n % len(LINES)]
        line = chance.choice(LINES[kind])
        end = chance.choice((cast(End, "first"), cast(End, "last")))
        notes = NOTES["above" if end == "first" else "below"]
        beyond = chance.choice((["" for _ in notes], *_by_label(notes)))
        yield Post(chance.choice(HEADS), chance.choice(TALES), line, end, chance.choice(beyond))


def _by_label(notes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the *notes* with a label, and those without one."""
    labelled = [note for note in notes if read_labels(note.splitlines()) is not None]
    return labelled, [note for note in notes if note not in labelled]


def prose(story: Story) -> str:
    return "\n\n".join(chapter.prose for chapter in story.chapters).replace("*", "")


@pytest.mark.parametrize("post", list(_posts()), ids=lambda post: f"{post.end}-{post.line}")
def test_a_short_line_at_an_end_stays_in_the_story(post: Post) -> None:
    story = read_story(post.text.encode(), "0001.txt")
    assert prose(story) == post.told.replace("*", "")
    assert bool(story.all_notes) == bool(post.note)


MISTAKEN = (
    "lol ok",
    "thanks for today!! xx",
    "Dad: thanks for reading my letter, love",
    "Eda: sorry for the late reply, was in surgery",
    "Happy birthday, stranger :)",
    "To Let",
    "FOR SALE BY OWNER",
)
"""Lines that became notes once, by a word that people in stories write to each other, or as a dedication does."""


@pytest.mark.parametrize("line", MISTAKEN)
@pytest.mark.parametrize("end", ["first", "last"])
@pytest.mark.parametrize("head", HEADS)
def test_what_people_write_to_each_other_and_on_boards_is_no_sign_of_an_author(line: str, end: End, head: str) -> None:
    for tale in TALES[::4]:
        post = Post(head, tale, line, end, "")
        story = read_story(post.text.encode(), "0001.txt")
        assert (prose(story), story.all_notes) == (post.told.replace("*", ""), ())


@pytest.mark.parametrize(
    "note",
    [
        "Just a quick warning before you start reading: this one is sad and I'm not sorry.",
        "I might turn this into a series, so drop me a prompt.",
        "Please be kind in the reviews.",
        "Hope you enjoyed this!",
        "For Nan, who kept the lamp.",
        "To my sister",
        "Dedicated to Wend",
    ],
)
def test_words_to_readers_and_of_the_work_are_a_sign(note: str) -> None:
    story = read_story(Post(TITLE, TALES[0], note, "first", "").text.encode(), "0001.txt")
    assert (prose(story), len(story.all_notes)) == (TALES[0].replace("*", ""), 1)


def test_a_line_that_begins_with_a_name_is_a_note_only_where_the_name_is_a_label() -> None:
    said = "thanks for reading, the next chapter is up"
    assert prose(read_story(Post(TITLE, TALES[0], f"Mara: {said}", "last", "").text.encode(), "0001.txt")).endswith(
        said
    )
    assert prose(read_story(Post(TITLE, TALES[0], f"Note: {said}", "last", "").text.encode(), "0001.txt")) == TALES[0]


def test_a_short_first_line_of_a_text_without_a_title_is_told_or_is_its_title() -> None:
    for kind, lines in LINES.items():
        for line in lines[:3]:
            story = read_story(f"{line}\n\n{TALES[0]}".encode(), "0001.txt")
            assert not story.all_notes, kind
            assert TALES[0] in prose(story), kind


CHAT = """mara: are you awake

wend: no

mara: the roof is gone

wend: gone how

mara: I can see Orion from my bed

wend: I am coming over

mara: bring the ladder

wend: and soup

mara: and soup"""


@pytest.mark.parametrize("head", ["", *HEADS])
@pytest.mark.parametrize("below", ["", "Thanks for reading!"])
def test_a_story_of_messages_keeps_each_of_them(head: str, below: str) -> None:
    story = read_story("\n\n".join(filter(None, (head, CHAT, below))).encode(), "0001.txt")
    assert prose(story) == CHAT
