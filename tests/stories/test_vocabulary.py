"""The vocabulary of each language is whole, and no word of people who post has two weights."""

from __future__ import annotations

import pytest

from bot.stories.vocabulary import SEVERAL, VOCABULARIES

TWELVE = ("en", "fr", "es", "pt", "de", "it", "ru", "pl", "ja", "zh", "ar", "id")


def test_a_language_has_a_whole_vocabulary_or_none() -> None:
    assert {*VOCABULARIES} == {*TWELVE, SEVERAL}


@pytest.mark.parametrize("language", TWELVE)
def test_twelve_languages_have_labels_end_marks_and_words_of_people_who_post(language: str) -> None:
    vocabulary = VOCABULARIES[language]
    assert {"title", "author", "summary", "note"} <= set(vocabulary.labels)
    assert {"certain", "rare", "common", "narrating"} == set(vocabulary.posting)
    assert vocabulary.end_marks


@pytest.mark.parametrize("language", VOCABULARIES)
def test_no_word_of_posting_is_of_two_kinds(language: str) -> None:
    words = [word.strip() for words in VOCABULARIES[language].posting.values() for word in words.split(",")]
    assert len(words) == len(set(words))
