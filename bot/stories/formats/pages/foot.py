"""Remove the footer of a page: forms, counts and navigation below a story."""

from __future__ import annotations

import re

_LONGEST = 1500  # characters


def without_foot(story: str, foot: re.Pattern[str]) -> str:
    """Return *story* without its footer; *foot* finds the footer in the last characters of its second half."""
    found = foot.search(story, max(len(story) // 2, len(story) - _LONGEST))
    return story if found is None else story[: found.start()]
