"""Passages for the search: joined they are the prose, and they end where a reader would stop."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK
from bot.stories.passages import PASSAGE_CHARS, passage_starts

SENTENCE = "The heron went up over the weir and did not look at any of them again."
words = st.sampled_from(
    ["see", "the", "fox.", "“Run!”", "灯不能灭。", "好", "x" * 700, "。" * 1100, "e\u0301", "…", " \u0301"]
)
lines = st.lists(words, min_size=1, max_size=60).map(" ".join).map(str.strip).filter(bool)
gaps = st.sampled_from(["\n", PARAGRAPH_BREAK, PARAGRAPH_BREAK, SCENE_BREAK])


def passages(prose: str) -> list[str]:
    return [prose[start:end] for start, end in pairwise([*passage_starts(prose), len(prose)])]


@given(st.lists(st.tuples(lines, gaps), max_size=12))
def test_passages_joined_are_the_prose_and_none_is_blank_or_too_long(pieces: list[tuple[str, str]]) -> None:
    prose = "".join(line + gap for line, gap in pieces).rstrip()
    found = passages(prose)
    is_whole = "".join(found) == prose
    assert is_whole
    assert all(text.strip() and len(text.strip()) <= PASSAGE_CHARS for text in found)


def test_a_passage_ends_with_a_paragraph_in_its_second_half_else_with_a_sentence_else_with_a_word() -> None:
    paragraph = " ".join([SENTENCE] * 4)
    assert {len(text.strip().split(PARAGRAPH_BREAK)) for text in passages(PARAGRAPH_BREAK.join([paragraph] * 9))} == {3}
    assert all(text.strip().endswith("again.") for text in passages(" ".join([SENTENCE] * 60)))
    assert all(text.strip().endswith("heron") for text in passages(" ".join(["heron"] * 600)))
    assert all(text.endswith("。") for text in passages("海边的小镇在冬天很安静，灯不能灭。" * 200))
