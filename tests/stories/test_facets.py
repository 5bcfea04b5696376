"""What a story is found by: its marks, its length, its language."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.stories import EVERYTHING, FILTERS, MOST_NAMES, SORTS, StoryFilter, read_names
from bot.stories.facets import FACET_CHARS, MOST_FACETS, Facet, authors_of, facets_of
from bot.stories.folding import facet_key
from bot.stories.languages import language_name
from bot.stories.lengths import LENGTHS, length_of
from bot.stories.ratings import Rating
from bot.ui.stories import VALUES_OF, value_words


def of(kind: str, metadata: dict[str, str]) -> list[str]:
    return [mark.name for mark in facets_of(metadata, None, 1000, None, None) if mark.kind == kind]


@pytest.mark.parametrize(
    ("kind", "metadata", "found"),
    [
        ("tag", {"tags": "Fluff, Slow Burn; River, Fluff"}, ["Fluff", "Slow Burn", "River"]),
        ("tag", {"additional tags": "Fluff", "genre": "Hurt/Comfort/Humor"}, ["Fluff", "Hurt/Comfort", "Humor"]),
        ("tag", {"pairing": "Tam/Orla", "warnings": "Storms"}, ["Tam/Orla", "Storms"]),
        ("tag", {"tags": '#fluff, "river", , …, ' + "x" * (FACET_CHARS + 1)}, ["fluff", "river", "…"]),
        ("fandom", {"fandom": "The Tide Tables, Ferry Tales"}, ["The Tide Tables", "Ferry Tales"]),
        ("character", {"characters": "[Tam, Orla] the Ferryman"}, ["Tam", "Orla", "the Ferryman"]),
        ("language", {"language": "en-GB"}, ["English"]),
        ("tag", {"mood": "Fluff"}, []),
    ],
)
def test_details_are_taken_apart_into_names(kind: str, metadata: dict[str, str], found: list[str]) -> None:
    assert of(kind, metadata) == found


@pytest.mark.parametrize(
    ("author", "found"),
    [
        ("Orla Venn", ["Orla Venn"]),
        ("Orla Venn, Tam Sell", ["Orla Venn", "Tam Sell"]),
        ("Orla Venn & Tam Sell", ["Orla Venn & Tam Sell", "Orla Venn", "Tam Sell"]),
        ("Orla and the Bees", ["Orla and the Bees"]),
        ("Tam Sell, Jr.", ["Tam Sell, Jr"]),
        ("", []),
    ],
)
def test_writers_are_found_one_by_one(author: str, found: list[str]) -> None:
    assert authors_of(author) == found


def test_length_rating_and_status_are_marks_too() -> None:
    assert facets_of({}, None, 41_000, "teen", "complete") == [
        Facet("length", "novel"),
        Facet("rating", "teen"),
        Facet("status", "complete"),
    ]


def test_the_marks_of_a_story_are_bounded() -> None:
    assert len(facets_of({"tags": ", ".join(map(str, range(5000)))}, None, 1, None, None)) == MOST_FACETS


@given(st.dictionaries(st.sampled_from(["tags", "fandom", "genre", "language", "characters"]), st.text()), st.text())
def test_no_name_is_empty_too_long_or_there_twice(metadata: dict[str, str], author: str) -> None:
    marks = facets_of(metadata, author, 10, None, None)
    assert len(set(marks)) == len(marks)
    assert all(mark.name.strip() and facet_key(mark.name) for mark in marks)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        (0, "drabble"), (100, "drabble"), (150, "drabble"), (151, "one-shot"), (17_499, "one-shot"),
        (17_500, "novella"), (39_999, "novella"), (40_000, "novel"), (10**7, "novel"),
    ],
)  # fmt: skip
def test_a_length_is_told_by_words(words: int, length: str) -> None:
    assert length_of(words) == length


def test_every_value_of_a_filter_has_words_of_its_own() -> None:
    for kind, values in VALUES_OF.items():
        assert len({value_words(kind, value) for value in values}) == len(values)


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("English", "English"), ("en", "English"), ("EN-gb", "English"), ("eng", "English"), ("en_US", "English"),
        ("English (British)", "English"), ("Deutsch", "German"), ("français", "French"), ("pt-BR", "Portuguese"),
        ("Tiếng Việt", "Vietnamese"), ("中文-普通话 國語", "Chinese"), ("Klingon", "Klingon"),
        ("  Old   Norse ", "Old Norse"), ("", ""), ("…", "…"),
    ],
)  # fmt: skip
def test_a_language_has_one_name(stated: str, language: str) -> None:
    assert language_name(stated) == language


@pytest.mark.parametrize(
    ("one", "other"), [("Slow Burn", "slow-burn"), ("ÉTÉ", "ete"), ("found_family", "Found Family")]
)
def test_spellings_of_a_tag_are_one(one: str, other: str) -> None:
    assert facet_key(one) == facet_key(other)


def test_names_are_parted_by_commas_and_bounded() -> None:
    assert read_names("Fluff, , River,Fluff") == ("Fluff", "River")
    assert read_names(None) == read_names("") == read_names(" , ") == ()
    assert len(read_names(",".join(map(str, range(100))))) == MOST_NAMES


asked = st.builds(
    StoryFilter,
    tags=st.lists(st.text(), max_size=4).map(tuple),
    without=st.lists(st.text(), max_size=4).map(tuple),
    length=st.sampled_from([None, *LENGTHS]),
    rating=st.sampled_from([None, *get_args(Rating)]),
    sort=st.sampled_from(SORTS),
)


@given(asked)
def test_what_is_asked_is_read_back_as_it_was_written(one: StoryFilter) -> None:
    assert StoryFilter.read(one.write()) == one


@given(asked)
def test_without_all_of_its_filters_a_list_is_the_library(one: StoryFilter) -> None:
    for name in one.on():
        one = one.less(name)
    assert not one.on() and not list(one.groups())
    assert one == StoryFilter(sort=one.sort) and StoryFilter() == EVERYTHING and set(FILTERS) > set(one.on())
