"""The vocabulary of each language: what an author says is heard, and what a story says stays story."""

from __future__ import annotations

import re

import pytest

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label
from bot.stories.sections.notes import is_asking, is_telling
from bot.stories.sections.posting import is_posting
from bot.stories.vocabulary import SEVERAL, VOCABULARIES

TWELVE = ("en", "fr", "es", "pt", "de", "it", "ru", "pl", "ja", "zh", "ar", "id")
ALL = tuple(VOCABULARIES)


def examples(language: str, *kinds: str) -> list[str]:
    return [text for kind in kinds for text in VOCABULARIES[language].examples.get(kind, ())]


def test_a_language_has_a_whole_vocabulary_or_none() -> None:
    assert {*VOCABULARIES} == {*TWELVE, SEVERAL}


@pytest.mark.parametrize("language", TWELVE)
def test_twelve_languages_have_labels_phrases_and_examples(language: str) -> None:
    vocabulary = VOCABULARIES[language]
    assert {"title", "author", "summary", "note"} <= set(vocabulary.labels)
    assert vocabulary.telling
    assert vocabulary.end_marks
    assert {"told", "story", "posted", "narrated"} <= set(vocabulary.examples)


@pytest.mark.parametrize("language", ALL)
def test_each_phrase_has_an_example(language: str) -> None:
    boundary = (r"(?<!\w)", r"(?!\w)") if VOCABULARIES[language].has_spaces else ("", "")
    phrases = [phrase for phrases in VOCABULARIES[language].telling.values() for phrase in phrases]
    patterns = {phrase: re.compile(f"{boundary[0]}(?:{phrase}){boundary[1]}", re.I | re.M) for phrase in phrases}
    told = examples(language, "told")
    assert [phrase for phrase, pattern in patterns.items() if not any(map(pattern.search, told))] == []


@pytest.mark.parametrize("language", ALL)
def test_what_an_author_says_is_heard(language: str) -> None:
    assert [text for text in examples(language, "told") if not is_telling(Block((text,)))] == []


@pytest.mark.parametrize("language", ALL)
def test_what_a_story_says_is_no_authors_talk(language: str) -> None:
    blocks = [Block((text,)) for text in examples(language, "story")]
    heard = [each for each in blocks if is_telling(each) or is_asking(each) or read_label(each.text) is not None]
    assert [each.text for each in heard] == []


@pytest.mark.parametrize("language", TWELVE)
def test_talk_in_the_words_of_posting_is_heard(language: str) -> None:
    assert [text for text in examples(language, "posted") if not is_posting([Block((text,))], 0)] == []


@pytest.mark.parametrize("language", TWELVE)
def test_a_story_of_writing_and_reading_is_no_talk(language: str) -> None:
    assert [text for text in examples(language, "narrated", "story") if is_posting([Block((text,))], 0)] == []


@pytest.mark.parametrize("language", TWELVE)
def test_no_word_of_posting_is_of_two_kinds(language: str) -> None:
    words = [word.strip() for words in VOCABULARIES[language].posting.values() for word in words.split(",")]
    assert len(words) == len(set(words))
