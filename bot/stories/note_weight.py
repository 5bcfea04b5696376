"""How an author's notes weigh against the story that they stand around, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.stories.model import Story

FEW_WORDS = 20
"""Words of a story: one with fewer may be what is left when the story was taken for notes."""

_EAST_ASIAN = re.compile("[\u3005-\u30ff\u3400-\u9fff]")
_SIGNS_A_WORD = 2  # signs of a word in scripts without spaces, about


def words_in(text: str) -> int:
    """Return the number of words in *text*, about: in Chinese and Japanese, which have no spaces, two signs are one."""
    words = len(text.split())
    return words if text.isascii() else words + len(_EAST_ASIAN.findall(text)) // _SIGNS_A_WORD


@dataclass(frozen=True, slots=True)
class Weight:
    """The words of a story, and of all notes around it and its chapters."""

    story: int
    notes: int
    taken: tuple[str, ...]
    """What was taken as notes."""

    @property
    def is_heavy(self) -> bool:
        """Whether the notes have more than half as many words as the story."""
        return 2 * self.notes > self.story

    @property
    def is_short(self) -> bool:
        return self.story < FEW_WORDS

    @property
    def is_doubtful(self) -> bool:
        """Whether only its writer can say that this is the story: it is very short, and notes outweigh it."""
        return self.is_short and self.notes > self.story


def weigh(story: Story) -> Weight:
    """Return how the notes of *story* weigh against it."""
    notes = story.all_notes
    words = sum(words_in(chapter.prose) for chapter in story.chapters)
    return Weight(words, sum(map(words_in, notes)), notes)
