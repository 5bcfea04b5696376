"""The corpus of posts: what was read right still is, and no part knows another."""

from __future__ import annotations

import pytest

from bot.stories import read_story
from tools.corpus import RIGHT, SEEN, Part, posts
from tools.corpus.expected import NAME, faults
from tools.corpus.split import grouped


@pytest.mark.parametrize(
    "part", [pytest.param("learn", marks=pytest.mark.slow), "tune", pytest.param("test", marks=pytest.mark.slow)]
)
def test_posts_that_were_read_right_still_are(part: Part) -> None:
    named = [post for post in posts(part) if post.name in RIGHT]
    found = {post.name: faults(lambda text=post.text: read_story(text.encode(), NAME), post.expected) for post in named}
    assert named
    assert {name: [str(fault) for fault in each] for name, each in found.items() if each} == {}


def test_no_post_that_was_read_right_is_gone() -> None:
    assert RIGHT - {post.name for post in posts()} == set()


@pytest.mark.slow
def test_posts_of_one_author_batch_or_tale_are_in_one_part() -> None:
    part = {post.name: part for part in SEEN for post in posts(part)}
    found = list(posts())
    groups = [[found[i].name for i in group] for group in grouped(found)]
    assert [group for group in groups if len({part[name] for name in group}) > 1] == []
