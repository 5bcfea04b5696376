"""Lines that authors say to readers before and after a story, and lines of stories, in twelve languages.

The files of the folder ``lines`` were written before the vocabulary was looked at. What an author says is heard as the
last paragraph of a story; of a story's lines none is heard there, nor as the first paragraph, nor of those that people
in stories say to each other, too (either).
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.stories.sections.blocks import Block
from bot.stories.sections.notes import is_asking, is_telling
from bot.stories.sections.posting import is_posting

BANKS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in Path(__file__).with_name("lines").glob("*.toml")}
TALE = [
    Block((paragraph,), 1)
    for paragraph in (
        "The harbour was empty by noon, and the tide had left the boats lying on their sides like cattle.",
        "Nobody spoke of the lamp, though all of them had seen it go out.",
        "She wiped the glass with her sleeve, then with her apron, then with the flag.",
        "The wind came round to the north before the light was lit, and the window shook in its lead.",
        "At the top sat old Maren on the last step and looked at the glass, which was black from within.",
        "When it burned at last she did not go down again for three days.",
    )
]


def is_heard(line: str) -> bool:
    block = Block((line,), 1)
    return is_telling(block) or is_asking(block) or is_posting([*TALE, block], len(TALE))


@pytest.mark.parametrize("language", sorted(BANKS))
def test_what_an_author_says_at_the_end_of_a_story_is_heard(language: str) -> None:
    assert [line for line in BANKS[language].get("talk", ()) if not is_heard(line)] == []


@pytest.mark.parametrize("language", sorted(BANKS))
def test_what_a_story_says_at_an_end_is_no_talk(language: str) -> None:
    said = [*BANKS[language].get("story", ()), *BANKS[language].get("either", ())]
    assert [line for line in said if is_heard(line) or is_posting([Block((line,), 1), *TALE], 0)] == []
