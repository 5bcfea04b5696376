"""How many of the posts that teach are read right: fewer of them show that a change made reading worse."""

from __future__ import annotations

from bot.stories import Refused, read_story
from tests.stories.lessons import Lesson, lessons
from tests.stories.test_posts import NAME, faults

LEAST_RIGHT = 0.48


def _is_right(lesson: Lesson) -> bool:
    try:
        return not faults(read_story(lesson.text.encode(), NAME), lesson.expected)
    except Refused:
        return False


def test_most_posts_that_teach_are_read_right() -> None:
    read = [_is_right(lesson) for lesson in lessons()]
    assert sum(read) >= LEAST_RIGHT * len(read), f"{sum(read)} of {len(read)}"
