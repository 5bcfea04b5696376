"""Four real one-shots, read as a careful human does. Their text stays where it is: only its measures are here."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.stories import Story, read_story
from bot.stories.pages import cut, pages_of
from bot.stories.quotes.selection import FINE
from bot.ui.markdown import page_text
from tests.markdown_reference import reading
from tests.quote_reference import check_that_it_stands, leans

FOLDER = Path(__file__).parents[3] / "shared" / "stories"
EXPECTED: dict[str, dict[str, Any]] = (
    json.loads((FOLDER / "expected.json").read_text("utf-8")) if (FOLDER / "expected.json").exists() else {}
)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="../shared/stories is not there")


@pytest.fixture(params=EXPECTED or [""])
def real(request: pytest.FixtureRequest) -> tuple[Story, dict[str, Any]]:
    name: str = request.param
    return read_story((FOLDER / name).read_bytes(), name), EXPECTED[name]


def tokens(story: Story) -> list[str]:
    return [token for chapter in story.chapters for token in chapter.prose.split()]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_story_proper_is_there_to_the_token(real: tuple[Story, dict[str, Any]]) -> None:
    story, expected = real
    prose = " ".join(tokens(story))
    assert prose.startswith(expected["prose_starts_with"])
    assert prose.endswith(expected["prose_ends_with"])
    assert len(tokens(story)) == expected["prose_tokens"]
    assert hashlib.sha256(prose.encode()).hexdigest() == expected["prose_sha256"]
    assert len(story.chapters) == expected["chapters"]


def test_the_title_is_the_one_the_file_gives(real: tuple[Story, dict[str, Any]]) -> None:
    story, expected = real
    if expected["title"] is not None:
        assert story.title == expected["title"]
    else:
        opening = story.title.rstrip("…").strip()
        assert opening
        assert " ".join(tokens(story)).startswith(opening)


def test_the_notes_stand_before_and_after(real: tuple[Story, dict[str, Any]]) -> None:
    story, expected = real
    for notes, name in ((story.notes_before, "front_notes"), (story.notes_after, "end_notes")):
        starts = expected.get(f"{name}_start", [])
        assert len(notes) == expected[name]
        assert [squeezed(note)[: len(start)] for note, start in zip(notes, starts, strict=False)] == starts


def test_summary_and_end_mark_are_as_the_file_says(real: tuple[Story, dict[str, Any]]) -> None:
    story, expected = real
    assert story.end_marker == expected.get("end_marker")
    if "summary_starts_with" in expected:
        assert story.summary is not None
        assert squeezed(story.summary).startswith(expected["summary_starts_with"])
    else:
        assert story.summary is None


def test_verses_and_scenes_keep_their_form(real: tuple[Story, dict[str, Any]]) -> None:
    story, expected = real
    assert sum(chapter.verse_blocks for chapter in story.chapters) == expected["verse_blocks"]
    assert sum(chapter.scene_breaks for chapter in story.chapters) == expected["scene_breaks"]


def test_every_page_reads_as_the_prose_and_ends_with_a_block_or_a_sentence(real: tuple[Story, dict[str, Any]]) -> None:
    story, _ = real
    for chapter in story.chapters:
        assert "".join(page.text for page in pages_of(chapter)) == chapter.prose
        shown = [token for page in pages_of(chapter) for token in reading(page_text(page.text)).split()]
        assert [token for token in shown if token != "✦"] == chapter.prose.split()
        for starts in chapter.page_starts.values():
            ends = [page.text for page in cut(chapter.prose, starts=starts)][:-1]
            assert all(re.search(r"\n\n$|[.!?…][\"”’')]*\s$", end) for end in ends)


def test_every_verse_is_whole_on_its_page(real: tuple[Story, dict[str, Any]]) -> None:
    story, _ = real
    for chapter in story.chapters:
        for block in (block.strip("\n") for block in chapter.prose.split("\n\n")):
            if "\n" in block:
                assert any(block in page.text for page in pages_of(chapter)), "a verse is cut"


def test_quotes_are_of_the_story_and_few_enough_to_be_good(real: tuple[Story, dict[str, Any]]) -> None:
    story, _ = real
    quotes = [quote for chapter in story.chapters for quote in chapter.quotes]
    assert story.words / 500 <= len(quotes)
    assert 50 * len(quotes) <= story.words
    assert min(quote.score for quote in quotes) >= FINE, "a story of this style has no need of others"


def test_what_is_dealt_stands_by_itself(real: tuple[Story, dict[str, Any]]) -> None:
    story, _ = real
    for chapter in story.chapters:
        for quote in chapter.quotes:
            check_that_it_stands(chapter.prose, quote)


def test_no_song_of_another_is_quoted_and_later_paragraphs_are_whole(
    real: tuple[Story, dict[str, Any]],
) -> None:
    story, _ = real
    blocks = {block.strip("\n") for chapter in story.chapters for block in chapter.prose.split("\n\n")}
    several = [quote.text for chapter in story.chapters for quote in chapter.quotes if "\n" in quote.text]
    verses = [text for text in several if "\n\n" not in text]
    assert not verses, "the only one with verse says whose song it is"
    for first, *others in (text.split("\n\n") for text in several):
        assert set(others) <= blocks and any(block.endswith(first) for block in blocks)


def test_few_quotes_begin_with_what_leans_on_the_words_before(real: tuple[Story, dict[str, Any]]) -> None:
    story, _ = real
    leaning = [leans(quote, chapter.prose) for chapter in story.chapters for quote in chapter.quotes]
    assert 8 * sum(leaning) <= len(leaning) + 8


def test_what_the_author_says_around_the_story_and_the_head_of_a_letter_are_not_quoted(
    real: tuple[Story, dict[str, Any]],
) -> None:
    story, _ = real
    for chapter in story.chapters:
        for quote in chapter.quotes:
            assert not any(quote.text in note for note in story.all_notes)
            assert not quote.text.rstrip().endswith((",", ":", ";", "-"))
