"""Chapters that an author adds to a story, and what they say of single lines of it."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story
from bot.stories.added_chapters import AddedChapter
from bot.stories.formats.corrections import Correction

KETTLE = (
    "The Kettle\n\nThe kettle sang all morning in the kitchen.\n\n"
    "Nobody asked it to, and nobody asked it to stop.\n\nA/N: Shall I go on?\n"
)
SUNG = "The kettle sang all morning in the kitchen.\n\nNobody asked it to, and nobody asked it to stop."


def titles(story: Story) -> list[str | None]:
    return [chapter.title for chapter in story.chapters]


def proses(story: Story) -> list[str]:
    return [chapter.prose for chapter in story.chapters]


def read(*added: AddedChapter, text: str = KETTLE, **details: str) -> Story:
    return read_story(text.encode(), "kettle.txt", Correction.of(details, "typed"), added)


def chapter(text: str, title: str | None = None, notes: str | None = None) -> AddedChapter:
    return AddedChapter("more.txt", text.encode(), title, notes)


def test_an_added_chapter_comes_after_all_there_is() -> None:
    story = read(chapter("It boiled.\n"), chapter("It cooled.\n", "Night"))
    assert story.title == "The Kettle"
    assert proses(story) == [SUNG, "It boiled.", "It cooled."]
    assert titles(story)[2] == "Night"


def test_the_notes_of_a_story_stay_with_the_chapter_that_was_its_last() -> None:
    story = read(chapter("It boiled.\n\nA/N: Thank you all.\n", notes="You asked for it."))
    assert story.chapters[0].notes_after == ("Shall I go on?",)
    assert story.chapters[1].notes_before == ("You asked for it.",)
    assert "Thank you all." in " ".join((*story.chapters[1].notes_after, *story.notes_after))


@pytest.mark.parametrize(
    "text", ["Chapter 2: The Spout\n\nIt boiled.\n", "The Spout\n\nIt boiled over, twice.\n\nAgain.\n"]
)
def test_a_chapter_is_called_what_its_file_says(text: str) -> None:
    assert titles(read(chapter(text)))[1] == "The Spout"


def test_a_typed_title_goes_before_that_of_the_file_and_no_word_is_lost() -> None:
    story = read(chapter("Title: Spout\nRating: Teen\n\nIt boiled.\n", "Steam"))
    assert titles(story)[1] == "Steam" and "Spout" in story.chapters[1].notes_before
    assert story.metadata == {"rating": "Teen"}


def test_a_file_may_add_several_chapters() -> None:
    story = read(chapter("Chapter 2\n\nIt boiled.\n\nChapter 3\n\nIt cooled.\n"))
    assert proses(story)[1:] == ["It boiled.", "It cooled."]


def test_scenes_of_an_added_chapter_stay_scenes() -> None:
    wide = "It boiled.\n\n\nIt hissed.\n\n\nIt sang.\n\n\n\n\nIt cooled.\n"
    [_, prose] = proses(read(chapter(wide)))
    assert prose == "It boiled.\n\nIt hissed.\n\nIt sang.\n\n\nIt cooled."


def test_where_the_first_file_ends_is_said_of_that_file() -> None:
    story = read(chapter("It boiled.\n"), begins="Nobody asked")
    assert proses(story) == ["Nobody asked it to, and nobody asked it to stop.", "It boiled."] and not story.warnings


DAYS = "The first day\n\nIt rained.\n\nThe second day\n\nIt rained more.\n\nThe third day\n\nIt stopped.\n"


def test_a_line_is_a_heading_where_its_author_says_so() -> None:
    story = read(text=DAYS, title="Rain", headings="The second\nThe third day")
    assert titles(story)[1:] == ["The second day", "The third day"]
    assert [prose.split("\n\n")[-1] for prose in proses(story)] == ["It rained.", "It rained more.", "It stopped."]


def test_a_heading_is_a_line_of_the_story_where_its_author_says_so() -> None:
    text = "Chapter 1\n\nShe read:\n\nChapter 9: Of Rain\n\nIt rained.\n\nChapter 2\n\nIt stopped.\n"
    story = read(text=text, title="Rain", plain="Chapter 9")
    assert proses(story) == ["She read:\n\nChapter 9: Of Rain\n\nIt rained.", "It stopped."]


def test_a_paragraph_is_a_note_where_its_author_says_so() -> None:
    text = "I sat on a train.\n\nIt rained all day long.\n\nIt rained all night, too.\n\nBe kind to me.\n"
    story = read(text=text, title="Rain", notes="I sat\nBe kind")
    assert proses(story) == ["It rained all day long.\n\nIt rained all night, too."]
    notes = (*story.chapters[0].notes_before, *story.chapters[0].notes_after)
    assert notes == ("I sat on a train.", "Be kind to me.")


@pytest.mark.parametrize("key", ["headings", "plain", "notes"])
def test_a_line_that_is_not_there_is_told_and_changes_nothing(key: str) -> None:
    story = read(**{key: "Not in it"})
    assert proses(story) == proses(read())
    assert len(story.warnings) == 1 and "Not in it" in story.warnings[0]


@pytest.mark.parametrize("key", ["headings", "notes"])
def test_no_line_leaves_a_chapter_without_a_story(key: str) -> None:
    story = read(text="It rained.\n", title="Rain", **{key: "It rained"})
    assert proses(story) == ["It rained."] and story.warnings


def names(story: Story) -> list[tuple[int | None, str | None]]:
    return [(chapter.name.number, chapter.name.title) for chapter in story.chapters]


def test_what_is_added_to_a_story_of_one_chapter_is_its_second() -> None:
    story = read(chapter("It boiled.\n", "Steam"), chapter("It cooled.\n"))
    assert names(story) == [(1, None), (2, "Steam"), (3, None)]


def test_added_chapters_go_on_counting_as_the_author_does() -> None:
    text = "Chapter 4: Rain\n\nIt rained all day long.\n\nChapter 5: Hail\n\nIt hailed all night, too.\n"
    story = read(
        chapter("It snowed.\n", "Snow"), chapter("Chapter 9: Sun\n\nIt shone.\n"), chapter("Fin.\n"), text=text
    )
    assert names(story) == [(4, "Rain"), (5, "Hail"), (6, "Snow"), (9, "Sun"), (10, None)]


def test_chapters_with_names_alone_stay_so() -> None:
    text = "# Rain\n\nIt rained all day long.\n\n# Hail\n\nIt hailed all night, too.\n"
    added = (chapter("It snowed.\n", "Snow"), chapter("It thawed.\n"))
    story = read_story(text.encode(), "weather.md", None, added)
    assert names(story) == [(1, "Rain"), (2, "Hail"), (3, "Snow"), (4, None)]
