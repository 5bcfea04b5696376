"""Posts that teach: those that were read right once are read right."""

from __future__ import annotations

import pytest

from tools.lessons import lessons
from tools.read_right import LIST, is_right


@pytest.mark.slow
def test_posts_that_were_read_right_still_are() -> None:
    posts = {lesson.name: lesson for lesson in lessons()}
    named = LIST.read_text("utf-8").split()
    assert [name for name in named if name not in posts or not is_right(posts[name])] == []
