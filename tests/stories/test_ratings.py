"""Ratings: what authors write, and which stories only adults may see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import read_story
from bot.stories.ratings import GATED, read_rating


@pytest.mark.parametrize(
    "value",
    [
        "M",
        "m",
        "MA",
        "NC-17",
        "NC17",
        "nc 17",
        "E",
        "Mature",
        "mature",
        "MATURE",
        "Explicit",
        "explicit",
        "R",
        "Rated M",
        "X",
        "XXX",
        "Fiction M",
        "M for language",
        "M - violence",
        "M (for now)",
        "T/M",
        "T to M",
        "PG-13 to NC-17",
        "18+",
        "Adult",
        "Adults only",
        "Not Rated",
        "Unrated",
        "TV-MA",
        "Mature (16+)",
        "smut",
        "high T, low M",
        "something of my own",
        "Explicit/Adult",
        "FRAO",
    ],
)
def test_a_mature_rating_is_gated_however_it_is_written(value: str) -> None:
    assert read_rating({"rating": value}, []) in GATED


@pytest.mark.parametrize(
    "value",
    [
        "T",
        "t",
        "K",
        "K+",
        "G",
        "PG",
        "PG-13",
        "PG13",
        "Teen",
        "teen and up",
        "Teen And Up Audiences",
        "General",
        "General Audiences",
        "Everyone",
        "All ages",
        "Rated T",
        "T for language",
        "Fiction T",
        "Fiction K+",
        "13+",
        "T (just to be safe)",
        "pg-15",
    ],
)
def test_a_rating_for_all_or_for_teens_is_shown(value: str) -> None:
    rating = read_rating({"rating": value}, [])
    assert rating is not None
    assert rating not in GATED


@pytest.mark.parametrize(
    "label", ["rating", "rated", "clasificación", "altersfreigabe", "content rating", "age rating"]
)
def test_a_rating_is_found_under_each_of_its_labels(label: str) -> None:
    assert read_rating({label: "M"}, []) in GATED


@pytest.mark.parametrize(
    "text",
    [
        "Rating: M",
        "RATING: MA",
        "**Rating:** NC-17",
        "Rated: E",
        "rating - mature",
        "Rating: Explicit",
        "A/N: Rated M for a reason!",
        "A/N: This is rated M, you are warned.",
        "Author's note: Rating is M for later chapters.",
        "Content rating: Explicit",
        "Age rating: 18+",
        "Note: NSFW! 18+ only please.",
        "A/N: Adults only, thank you.",
        "A/N: Minors do not interact.",
        "A/N: you must be 18 to read this",
        "A/N: there is explicit content in the second half.",
        "Note: for mature readers",
        "A/N: not for minors!",
    ],
)
def test_a_file_that_says_so_anywhere_at_its_head_is_gated(text: str) -> None:
    story = read_story(
        f"Title: Behind the Door\n{text}\n\nThe door was shut, and behind it nobody spoke.\n".encode(), "door.txt"
    )
    assert read_rating(story.metadata, story.notes_before) in GATED


def test_a_story_that_says_nothing_has_no_rating() -> None:
    assert read_rating({"genre": "Drama"}, ["Enjoy!"]) is None
    assert read_rating({}, ["I rated this restaurant five stars."]) is None


@pytest.mark.parametrize(
    "note",
    [
        "This one is not NSFW, I promise.",
        "There is no explicit content here.",
        "I wrote this in 18 hours.",
        "The next one has 18+ chapters.",
        "18+2 is twenty.",
    ],
)
def test_a_note_that_gates_nothing(note: str) -> None:
    assert read_rating({}, [note]) is None


@pytest.mark.parametrize("label", ["warnings", "warning", "tags", "content warnings"])
@pytest.mark.parametrize("value", ["explicit content", "NSFW", "smut ahead", "lemon", "18+ only"])
def test_a_warning_of_explicit_content_gates_where_no_rating_is_given(label: str, value: str) -> None:
    assert read_rating({label: value}, []) in GATED


@given(st.text(max_size=60))
def test_any_stated_rating_is_understood_or_counts_as_mature(value: str) -> None:
    assert read_rating({"rating": value}, []) is not None
