"""Titles and names that are seen, and that turn nothing beside them."""

from __future__ import annotations

import pytest

from bot.domain.questions import read_answers
from bot.domain.reviews import tidy
from bot.errors import ReaderError
from bot.stories import Refused, read_story
from bot.stories.folding import clean
from bot.stories.visible import is_visible, visible_line

PROSE = "The lamp was lit, and the boats came home one after the other.\n\nNobody counted them."
BLANK = ["\u200b", "\u2800", "\u3164", "\u00ad", "\u2060", "\u115f\u1160", "\uffa0", " \u0301", "\u202e"]


@pytest.mark.parametrize("blank", BLANK)
def test_a_title_and_an_author_are_seen(blank: str) -> None:
    story = read_story(f"Title: {blank}\nAuthor: {blank}\n\n{PROSE}".encode(), "harbour-lights.txt")
    assert (story.title, story.author) == ("Harbour Lights", None)


@pytest.mark.parametrize("blank", BLANK)
def test_a_title_of_opening_words_is_seen(blank: str) -> None:
    assert read_story(f"{blank}\n\n{PROSE}".encode(), "0001.txt").title.startswith("The lamp was lit")


def test_a_story_that_nobody_could_see_is_none() -> None:
    with pytest.raises(Refused):
        read_story("\u3164\u3164\n\n\u2800".encode(), "blank.txt")


def test_title_author_tags_summary_and_headings_turn_nothing() -> None:
    text = "Title: A\u202eB\nAuthor: C\u2066D\nTags: e\u202bf\nSummary: g\u202dh\n\nChapter 1: i\u202ej\n\n" + PROSE
    story = read_story(text.encode(), "marks.txt")
    assert (story.title, story.author, story.summary) == ("AB", "CD", "gh")
    assert story.metadata["tags"] == "ef"
    assert story.chapters[0].name.title == "ij"


def test_prose_keeps_every_character() -> None:
    prose = f"He wrote \u202bשלום\u202c and no more. {PROSE}"
    assert read_story(f"Title: Marks\n\n{prose}".encode(), "marks.txt").chapters[0].prose == prose


@pytest.mark.parametrize("seen", ["a", "é", "…", "物", "✦", "7", "🦊"])
def test_a_letter_a_digit_or_a_sign_is_seen(seen: str) -> None:
    assert is_visible(seen) and visible_line(f"\u200b{seen}") is not None


@pytest.mark.parametrize("blank", BLANK)
def test_what_is_typed_is_seen_too(blank: str) -> None:
    assert tidy(blank * 20) == ""
    with pytest.raises(ReaderError):
        read_answers(f"one\n{blank}")
    assert "\u202e" not in clean(f"a{blank}\u202eb")
