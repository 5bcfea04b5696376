"""List the lessons that the bot parses correctly: ``python -m tools.read_right`` rewrites the list.

If a commit removes a name from the list, its message says why.
"""

from __future__ import annotations

from pathlib import Path

from bot.stories import Refused, read_story
from tests.stories.expected import NAME, faults
from tools.lessons import Lesson, lessons

LIST = Path(__file__).parent / "lessons" / "read_right.txt"


def is_right(lesson: Lesson) -> bool:
    """Return whether the bot parses a lesson as its file expects."""
    try:
        return not faults(read_story(lesson.text.encode(), NAME), lesson.expected)
    except Refused:
        return False


if __name__ == "__main__":
    LIST.write_text("".join(f"{lesson.name}\n" for lesson in lessons() if is_right(lesson)), "utf-8")
