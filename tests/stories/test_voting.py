"""Of which stories readers are asked whether they should continue."""

from __future__ import annotations

import pytest

from bot.stories import read_story
from bot.stories.status import read_status
from bot.stories.voting import asks_vote

ONE = "It rained for a week, and nobody on the long street minded it at all."
TWO = f"Chapter 1: Rain\n\n{ONE}\n\nChapter 2: Sun\n\n{ONE}"
GUTENBERG = (
    "The Project Gutenberg eBook of Rain\n\nTitle: Rain\n\nRelease date: May 1, 1999 [eBook #1234]\n\n"
    f"*** START OF THE PROJECT GUTENBERG EBOOK RAIN ***\n\n{ONE}\n\n*** END OF THE PROJECT GUTENBERG EBOOK RAIN ***\n"
)


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        (f"Title: Rain\n\n{ONE}", True),
        (f"Title: Rain\nStatus: Complete\n\n{ONE}", True),
        (f"Title: Rain\n\n{TWO}", True),
        (f"Title: Rain\nStatus: In progress\n\n{TWO}", True),
        (f"Title: Rain\nStatus: Complete\n\n{TWO}", False),
        (GUTENBERG, False),
    ],
    ids=["one chapter", "one, complete", "two chapters", "two, in progress", "two, complete", "public domain"],
)
def test_a_vote_is_asked_where_a_story_may_go_on(text: str, is_asked: bool) -> None:
    story = read_story(text.encode(), "rain.txt")
    assert asks_vote(story, read_status(story.metadata, len(story.chapters), story.end_marker)) is is_asked
