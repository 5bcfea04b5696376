"""How a story is cut into instalments of a scene."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.instalments import MIN_SCENE, scene_starts
from bot.stories.model import SCENE_BREAK
from bot.stories.pages import PAGE_CHARS


def scene(letter: str, characters: int) -> str:
    """Paragraphs of one letter's words."""
    words = " ".join([letter * 9] * 30)
    return "\n\n".join([words] * (characters // len(words) + 1))[: characters - 1].strip() + "."


def cut(*scenes: str) -> list[str]:
    prose = SCENE_BREAK.join(scenes)
    bounds = [*scene_starts(prose), len(prose)]
    return [prose[start:end].strip() for start, end in pairwise(bounds)]


def test_each_scene_is_an_instalment() -> None:
    scenes = [scene(letter, 900) for letter in "abc"]
    assert cut(*scenes) == scenes


def test_a_short_scene_goes_on_with_the_next() -> None:
    short, long, last = scene("a", 200), scene("b", 900), scene("c", 900)
    assert cut(short, long, last) == [SCENE_BREAK.join([short, long]), last]


def test_a_short_last_scene_goes_with_the_one_before() -> None:
    long, short = scene("a", 900), scene("b", 80)
    assert cut(long, short) == [SCENE_BREAK.join([long, short])]


def test_short_scenes_are_joined_only_as_far_as_a_page_holds_them() -> None:
    short, long = scene("a", 300), scene("b", PAGE_CHARS - 200)
    assert cut(short, long) == [short, long]


def test_a_scene_longer_than_a_page_is_cut_as_pages_are() -> None:
    parts = cut(scene("a", 5000), scene("b", 900))
    assert len(parts) > 3 and all(MIN_SCENE < len(part) <= PAGE_CHARS for part in parts)
    assert parts[-1] == scene("b", 900)


def test_nothing_has_no_instalment() -> None:
    assert scene_starts("") == []


@pytest.mark.parametrize("gap", [SCENE_BREAK, SCENE_BREAK + "\n\n"])
@given(lengths=st.lists(st.integers(1, 4000), min_size=1, max_size=12))
def test_no_word_is_lost_and_none_is_longer_than_a_page(gap: str, lengths: list[int]) -> None:
    prose = gap.join(scene("abcdefghijkl"[i], length) for i, length in enumerate(lengths))
    starts = scene_starts(prose)
    assert starts[0] == 0 and starts == sorted(set(starts)) and starts[-1] < len(prose)
    parts = [prose[start:end] for start, end in pairwise([*starts, len(prose)])]
    assert "".join(parts) == prose
    assert all(part.strip() and len(part.strip()) <= PAGE_CHARS for part in parts)
