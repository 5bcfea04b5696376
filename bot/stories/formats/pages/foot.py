"""What a site has below a story: forms, counts and ways through the site, in a page's last lines."""

from __future__ import annotations

import re

_LONGEST = 1500  # characters


def without_foot(story: str, foot: re.Pattern[str]) -> str:
    """Return *story* without all from the line on that *foot* finds; it begins in the second half, near the end."""
    found = foot.search(story, max(len(story) // 2, len(story) - _LONGEST))
    return story if found is None else story[: found.start()]
