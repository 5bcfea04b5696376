"""Posts in the shapes in which fan fiction is posted, read as a careful reader does.

Beside each post of the folder ``posts`` stands what is expected of it. The rules of the parser were not written for
these posts: they measure it. `ONESHOT_POSTS` names another folder to read instead.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.stories import read_story
from tests.stories.expected import FOLDER, NAME, expected_of, faults


@pytest.mark.parametrize("post", sorted(FOLDER.glob("*.txt")), ids=lambda post: post.stem)
def test_a_post_is_read_as_a_careful_reader_reads_it(post: Path) -> None:
    found = faults(read_story(post.read_bytes(), NAME), expected_of(post))
    assert not found, "\n".join((post.name, *found))
