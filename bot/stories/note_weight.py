"""Compare the length of an author's notes with the length of the story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.stories.model import Story

MIN_STORY_WORDS = 20
"""Minimum number of words of a plausible story; fewer may remain if the parser took the story for notes."""

_EAST_ASIAN = re.compile("[\u3005-\u30ff\u3400-\u9fff]")
_SIGNS_A_WORD = 2  # average characters of a word in Chinese and Japanese


def words_in(text: str) -> int:
    """Return the approximate number of words in *text*; two Chinese or Japanese characters count as one word."""
    words = len(text.split())
    return words if text.isascii() else words + len(_EAST_ASIAN.findall(text)) // _SIGNS_A_WORD


@dataclass(frozen=True, slots=True)
class Weight:
    """Word counts of a story, and of all notes around the story and its chapters."""

    story: int
    notes: int
    texts: tuple[str, ...]
    """Texts of the notes."""

    @property
    def is_heavy(self) -> bool:
        """Whether the notes have more than half as many words as the story."""
        return 2 * self.notes > self.story

    @property
    def is_short(self) -> bool:
        return self.story < MIN_STORY_WORDS

    @property
    def is_doubtful(self) -> bool:
        """Whether the parser may have taken the story for notes: the story is very short, and the notes are longer."""
        return self.is_short and self.notes > self.story


def weigh(story: Story) -> Weight:
    """Return the word counts of *story* and its notes."""
    notes = story.all_notes
    words = sum(words_in(chapter.prose) for chapter in story.chapters)
    return Weight(words, sum(map(words_in, notes)), notes)
