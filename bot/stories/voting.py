"""Decide whether readers vote on the continuation of a story whose author states no wish."""

from __future__ import annotations

import re

from bot.stories.model import Story
from bot.stories.status import Status

_PUBLIC_DOMAIN = re.compile(r"\bpublic domain\b|\bgutenberg\b|\bstandard ebooks\b|\be-?book #\s?\d", re.I)


def asks_vote(story: Story, status: Status | None) -> bool:
    """Return whether readers vote on the continuation of *story* if its author states no wish.

    Readers vote on a story of one chapter and on one that is not complete, except books in the public domain.
    """
    if _is_public_domain(story):
        return False
    return len(story.chapters) == 1 or status != "complete"


def _is_public_domain(story: Story) -> bool:
    parts = (part for pair in story.metadata.items() for part in pair)
    return any(map(_PUBLIC_DOMAIN.search, parts))
