"""Whether readers are asked if a story should continue: not where that has been answered, or nobody could."""

from __future__ import annotations

import re

from bot.stories.model import PARAGRAPH_BREAK, Story
from bot.stories.sections.plays import speak
from bot.stories.status import Status

_SPEAKER = re.compile(r"([A-Z][A-Z'’ .-]{0,30}[A-Z])[.:]\s+\S")
_SPEECH_SHARE = 0.3  # of the blocks of a play

_PUBLIC_DOMAIN = re.compile(r"\bpublic domain\b|\bgutenberg\b|\bstandard ebooks\b|\be-?book #\s?\d", re.I)


def asks_vote(story: Story, status: Status | None) -> bool:
    """Return whether a vote is asked of *story* where its author says nothing of it.

    It is asked of stories with one chapter, and of longer ones that do not say they are complete; not of plays, nor of
    books in the public domain.
    """
    if _is_public_domain(story) or _is_play(story):
        return False
    return len(story.chapters) == 1 or status != "complete"


def _is_public_domain(story: Story) -> bool:
    said = (part for pair in story.metadata.items() for part in pair)
    return any(map(_PUBLIC_DOMAIN.search, said))


def _is_play(story: Story) -> bool:
    """Return whether most of a story is speeches below the names of those who speak, in capitals."""
    blocks = [block for chapter in story.chapters for block in chapter.prose.split(PARAGRAPH_BREAK) if block.strip()]
    names = [match[1] for block in blocks if (match := _SPEAKER.match(block.lstrip()))]
    return speak(names) and len(names) >= _SPEECH_SHARE * len(blocks)
