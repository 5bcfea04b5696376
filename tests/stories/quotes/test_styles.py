"""What is quoted of fifty texts of ten styles that a reader marked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tools.quotes import marked_texts
from tools.quotes.__main__ import Found, found_in

TEXTS = list(marked_texts())


@pytest.fixture(scope="module")
def found() -> Sequence[Found]:
    return [found_in(text) for text in TEXTS]


def test_the_marked_passages_stand_in_their_texts() -> None:
    for text in TEXTS:
        flat = " ".join(text.text.split())
        assert len(text.best) >= 2
        assert all(passage in flat for passage in (*text.best, *text.bad)), text.name


def test_every_text_has_a_quote(found: Sequence[Found]) -> None:
    assert all(each.quotes for each in found)


def test_half_of_the_best_passages_are_quoted_and_few_that_must_not_be_posted(found: Sequence[Found]) -> None:
    assert sum(each.quoted(each.text.best[:2]) for each in found) >= len(found)
    assert 25 * sum(each.quoted(each.text.bad) for each in found) <= sum(len(each.text.bad) for each in found)
