"""Sixty posts in the shapes that people really use, with what a careful reader takes from each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.stories import Story, read_story

SHAPES = Path(__file__).parent / "shapes"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SHAPES / "expected.json").read_text("utf-8"))


def squeezed(text: str | None) -> str | None:
    return " ".join(text.split()) if text is not None else None


def assert_paragraphs(found: tuple[str, ...], starts: list[str]) -> None:
    """Each paragraph begins as expected, and there is no other."""
    assert [str(squeezed(text))[: len(start)] for text, start in zip(found, starts, strict=False)] == starts
    assert len(found) == len(starts)


@pytest.fixture(params=EXPECTED, scope="module")
def shape(request: pytest.FixtureRequest) -> tuple[Story, dict[str, Any], str]:
    name: str = request.param
    return read_story((SHAPES / name).read_bytes(), name), EXPECTED[name], name


def test_labels_are_taken_as_the_author_meant_them(shape: tuple[Story, dict[str, Any], str]) -> None:
    story, expected, _ = shape
    if expected["title"] is not None:
        assert story.title == expected["title"]
    assert story.author == expected["author"]
    assert squeezed(story.summary) == squeezed(expected["summary"])
    assert {k: squeezed(v) for k, v in story.metadata.items()} == {
        k: squeezed(v) for k, v in expected["metadata"].items()
    }


def test_notes_and_end_mark_stand_apart_from_the_story(shape: tuple[Story, dict[str, Any], str]) -> None:
    story, expected, _ = shape
    assert story.end_marker == expected["end_marker"]
    assert_paragraphs(story.notes_before, expected["notes_before"])
    assert_paragraphs(story.notes_after, expected["notes_after"])


def test_chapters_begin_and_end_where_a_reader_says(shape: tuple[Story, dict[str, Any], str]) -> None:
    story, expected, _ = shape
    assert [chapter.title for chapter in story.chapters] == [chapter["title"] for chapter in expected["chapters"]]
    for chapter, wanted in zip(story.chapters, expected["chapters"], strict=True):
        prose = str(squeezed(chapter.prose))
        assert prose.startswith(wanted["starts"]), prose[:80]
        assert prose.endswith(wanted["ends"]), prose[-80:]
        assert_paragraphs(chapter.notes_before, wanted["notes_before"])
        assert_paragraphs(chapter.notes_after, wanted["notes_after"])


def test_verses_and_scenes_keep_their_form(shape: tuple[Story, dict[str, Any], str]) -> None:
    story, expected, _ = shape
    found = [(chapter.verse_blocks, chapter.scene_breaks) for chapter in story.chapters]
    assert found == [(chapter["verse_blocks"], chapter["scene_breaks"]) for chapter in expected["chapters"]]
