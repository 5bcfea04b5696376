"""Comments of an editor in an exported text are no readers' business."""

from __future__ import annotations

import pytest

from bot.stories import read_story
from bot.stories.formats.editor_comments import without_editor_comments

STORY = "The ferry came in at six{} with nobody on it.\n\nShe looked over the water{} for a while.\n"


def test_comments_and_their_signs_are_left_out() -> None:
    text = STORY.format("[a]", "[b]") + "\n[a]A comma?\n[b]I love this.\nReally.\n"
    [chapter] = read_story(text.encode(), "a1.txt").chapters
    assert chapter.prose == STORY.format("", "").strip()


@pytest.mark.parametrize(
    "text",
    [
        STORY.format("[a]", ""),
        STORY.format("[a]", "[b]") + "\n[b]I love this.\n[a]A comma?\n",
        STORY.format("[a]", "") + "\n[a]A comma?\n[b]I love this.\n",
        STORY.format("", "") + "\n[a]A comma?\n",
        STORY.format(" [a]", "") + "\n[a]A comma?\n",
    ],
)
def test_what_is_not_told_by_signs_in_order_stays(text: str) -> None:
    assert without_editor_comments(text) == text
