"""The kinds of notices: each is declared, and what is sent is in words of its own."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.domain.notices import Notice, NoticeKind
from bot.services.notices import KINDS
from bot.ui.manage import answered_screen

ANSWERS: tuple[NoticeKind, ...] = (
    "approved",
    "refused",
    "lapsed",
    "question-approved",
    "question-declined",
    "question-lapsed",
)


def test_each_kind_of_notice_is_declared_with_what_it_shows() -> None:
    assert set(KINDS) == set(get_args(NoticeKind))
    for name, kind in KINDS.items():
        assert kind.direct or kind.post, name
        assert (kind.post is None) == (kind.channel is None), name


def test_each_answer_of_mods_has_words_of_its_own() -> None:
    said = {
        answered_screen(Notice(kind, 1, 2, 3, "The Ladle", "Too long."), "Attic").embeds[0].description
        for kind in ANSWERS
    }
    assert len(said) == len(ANSWERS)


@pytest.mark.parametrize("kind", sorted(set(get_args(NoticeKind)) - set(ANSWERS)))
def test_what_is_no_answer_is_not_taken_for_one(kind: NoticeKind) -> None:
    with pytest.raises(ValueError, match=kind):
        answered_screen(Notice(kind, 1, 2, 3), "Attic")
