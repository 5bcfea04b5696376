"""Lines that authors say to readers before and after a story, and lines of stories, in twelve languages.

What an author says is a remark. Lines of stories are none, nor are lines that people in stories say to each other, too
(either).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label
from bot.stories.sections.remarks import has_remark

BANKS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in Path(__file__).with_name("lines").glob("*.toml")}


def is_heard(line: str) -> bool:
    return has_remark(Block((line,), 1))


@pytest.mark.parametrize("language", sorted(BANKS))
def test_what_an_author_says_is_a_remark(language: str) -> None:
    assert [line for line in BANKS[language]["talk"] if not is_heard(line)] == []


@pytest.mark.parametrize("language", sorted(BANKS))
def test_what_a_story_says_is_no_remark_and_no_label(language: str) -> None:
    said = [*BANKS[language]["story"], *BANKS[language].get("either", ())]
    assert [line for line in said if is_heard(line) or read_label(line) is not None] == []
