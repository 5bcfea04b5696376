"""Heads of threads and manuscripts become labelled lines; stories that look like them stay as typed."""

from __future__ import annotations

import pytest

from bot.stories.formats.posted import without_counts, without_manuscript_head

PROSE = "They came for the salt in November, with a cart and a form.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a rule. 1/3\n\na knock. 2/3\n\nno attic. 3/3\n", "a rule.\n\na knock.\n\nno attic."),
        ("(1/3) a rule.\n\n(2/3) a knock.\n\n(3/3) no attic.\n", "a rule.\n\na knock.\n\nno attic.\n"),
    ],
)
def test_the_counts_of_a_thread_go(text: str, expected: str) -> None:
    assert without_counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[1/3]\n\na rule.\n\n[2/3]\n\na knock.\n\n[3/3]\n\nno attic.\n",  # headings
        "1/ a rule.\n\n2/ a knock.\n\n3/ no attic.\n",
        "He won 1/3 of it. 1/3\n\nShe won the rest.\n",
        "Half. 1/2\n\nAnother half. 1/2\n\nA third. 1/3\n",
    ],
)
def test_other_fractions_stay(text: str) -> None:
    assert without_counts(text) == text


def test_a_manuscript_names_its_author_and_how_to_reach_them() -> None:
    head = "Ansel Whitcombe     About 1,200 words\n14 Gull Row\nansel@fen.example\n\n\n   The Salt Tax\n\nby Ansel\n\n"
    assert without_manuscript_head(head + PROSE) == (
        "Title: The Salt Tax\nAuthor: Ansel Whitcombe\nWords: 1,200\nContact: 14 Gull Row, ansel@fen.example\n\n"
        + PROSE
    )


def test_a_text_for_a_class_names_it() -> None:
    head = "Delphine Okoro\nProf. Haldane\n14 October 2025\n\nThe Substitute Moon\n\n"
    assert without_manuscript_head(head + PROSE) == (
        "Title: The Substitute Moon\nAuthor: Delphine Okoro\nDate: 14 October 2025\nWritten for: Prof. Haldane\n\n"
        + PROSE
    )


@pytest.mark.parametrize(
    "head",
    [
        "Anna Weiss\n12 Harbour Lane\n3 March 1950\n\nDear Tom,\n\n",  # a letter
        "Anna Weiss\n3 March 1950\n\nThe Lamp\n\n",  # one line: a name and a date are what a diary has
        "The Old Mill\nThe river ran\nThe wheel was still\n\nThe Mill Again\n\n",  # verse
    ],
)
def test_a_letter_a_diary_and_verse_stay(head: str) -> None:
    assert without_manuscript_head(head + PROSE) == head + PROSE
