"""Remove the footer of a page: forms, counts and navigation below a story."""

from __future__ import annotations

import re

_LONGEST = 1500  # maximum characters of a footer


def without_foot(story: str, foot: re.Pattern[str]) -> str:
    """Return *story* without its footer; the footer begins where *foot* matches near the end."""
    found = foot.search(story, max(len(story) // 2, len(story) - _LONGEST))
    return story if found is None else story[: found.start()]
