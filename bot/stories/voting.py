"""Decide whether readers vote on the continuation of a story whose author states no wish."""

from __future__ import annotations

import re

from bot.stories.model import PARAGRAPH_BREAK, Story
from bot.stories.sections.plays import speak
from bot.stories.status import Status

_SPEAKER = re.compile(r"([A-Z][A-Z'’ .-]{0,30}[A-Z])[.:]\s+\S")
_SPEECH_SHARE = 0.3  # minimum share of speeches among a play's blocks

_PUBLIC_DOMAIN = re.compile(r"\bpublic domain\b|\bgutenberg\b|\bstandard ebooks\b|\be-?book #\s?\d", re.I)


def asks_vote(story: Story, status: Status | None) -> bool:
    """Return whether readers vote on the continuation of *story* if its author states no wish.

    Readers vote on a story of one chapter and on one that is not complete, except plays and books in the public domain.
    """
    if _is_public_domain(story) or _is_play(story):
        return False
    return len(story.chapters) == 1 or status != "complete"


def _is_public_domain(story: Story) -> bool:
    parts = (part for pair in story.metadata.items() for part in pair)
    return any(map(_PUBLIC_DOMAIN.search, parts))


def _is_play(story: Story) -> bool:
    """Return whether a story is a play: many of its blocks are speeches that begin with a name in capitals."""
    blocks = [block for chapter in story.chapters for block in chapter.prose.split(PARAGRAPH_BREAK) if block.strip()]
    names = [match[1] for block in blocks if (match := _SPEAKER.match(block.lstrip()))]
    return speak(names) and len(names) >= _SPEECH_SHARE * len(blocks)
