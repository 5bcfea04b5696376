"""The vocabulary of each language: what an author says is heard, and what a story says stays story."""

from __future__ import annotations

import re

import pytest

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label
from bot.stories.sections.notes import is_asking, is_telling
from bot.stories.sections.posting import is_posting
from bot.stories.vocabulary import VOCABULARIES

TWELVE = ("en", "fr", "es", "pt", "de", "it", "ru", "pl", "ja", "zh", "ar", "id")
TOLD = [(language, text) for language in VOCABULARIES for text in VOCABULARIES[language].examples.get("told", ())]
STORY = [(language, text) for language in VOCABULARIES for text in VOCABULARIES[language].examples.get("story", ())]
PHRASES = [
    (language, phrase)
    for language, vocabulary in VOCABULARIES.items()
    for phrases in vocabulary.telling.values()
    for phrase in phrases
]


@pytest.mark.parametrize("language", TWELVE)
def test_twelve_languages_have_labels_phrases_and_examples(language: str) -> None:
    vocabulary = VOCABULARIES[language]
    assert {"title", "author", "summary", "note"} <= set(vocabulary.labels)
    assert vocabulary.telling
    assert vocabulary.end_marks
    assert {"told", "story"} <= set(vocabulary.examples)


@pytest.mark.parametrize(("language", "phrase"), PHRASES)
def test_each_phrase_has_an_example(language: str, phrase: str) -> None:
    boundary = (r"(?<!\w)", r"(?!\w)") if VOCABULARIES[language].has_spaces else ("", "")
    pattern = re.compile(f"{boundary[0]}(?:{phrase}){boundary[1]}", re.I | re.M)
    assert any(pattern.search(example) for example in VOCABULARIES[language].examples["told"])


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_what_an_author_says_is_heard(language: str, text: str) -> None:
    assert is_telling(Block((text,)))


@pytest.mark.parametrize(("language", "text"), STORY)
def test_what_a_story_says_is_no_authors_talk(language: str, text: str) -> None:
    block = Block((text,))
    assert not is_telling(block)
    assert not is_asking(block)
    assert read_label(text) is None


POSTED = [(language, text) for language in TWELVE for text in VOCABULARIES[language].examples["posted"]]
NARRATED = [
    (language, text)
    for language in TWELVE
    for text in (*VOCABULARIES[language].examples["narrated"], *VOCABULARIES[language].examples["story"])
]


@pytest.mark.parametrize(("language", "text"), POSTED)
def test_talk_in_the_words_of_posting_is_heard(language: str, text: str) -> None:
    assert is_posting([Block((text,))], 0)


@pytest.mark.parametrize(("language", "text"), NARRATED)
def test_a_story_of_writing_and_reading_is_no_talk(language: str, text: str) -> None:
    assert not is_posting([Block((text,))], 0)


@pytest.mark.parametrize("language", TWELVE)
def test_no_word_of_posting_is_of_two_kinds(language: str) -> None:
    words = [word.strip() for words in VOCABULARIES[language].posting.values() for word in words.split(",")]
    assert len(words) == len(set(words))
