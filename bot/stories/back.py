"""What stands after a story, or after a chapter: its end mark, and what the author says last."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.blocks import Block
from bot.stories.headings import read_end_mark
from bot.stories.labels import read_labels
from bot.stories.notes import is_asking, is_tale, is_talk, is_telling, letter_follows
from bot.stories.parts import Part

NOTE_SHARE = 0.3
"""Of a chapter's words: a labelled note with more text after it stands amid the story, and stays there."""

FEW_WORDS = 75
"""Words that a labelled note and what follows it may have in the shortest chapter."""

MOST_AFTER = 8
"""Paragraphs that may follow a note without a label."""


def take_back(part: Part) -> None:
    """Take the end mark and everything the author says after it, or after the last of the prose."""
    blocks = part.blocks
    total = sum(block.words for block in blocks)
    start = len(blocks)
    for i in range(len(blocks)):
        if (mark := _ends_here(blocks, i, total)) is not None:
            part.end_marker, start = mark, i
            break
        if _notes_begin(blocks, i, total):
            start = i
            break
    part.notes_after = _note_texts(blocks[start:], part)
    part.blocks = blocks[:start]
    while part.blocks and part.blocks[-1].is_rule:
        part.blocks.pop()


def _ends_here(blocks: Sequence[Block], i: int, total: int) -> str | None:
    block = blocks[i]
    mark = read_end_mark(block.text) if block.is_line else None
    if mark is None or i == 0:
        return None
    after = [later for later in blocks[i + 1 :] if not later.is_rule]
    said = any(read_labels(later.lines) or is_telling(later) or is_asking(later) for later in after[:3])
    quiet = sum(later.words for later in after) <= NOTE_SHARE * total and not any(map(is_talk, after))
    return mark if not after or said or quiet else None


def _notes_begin(blocks: Sequence[Block], i: int, total: int) -> bool:
    """Whether the notes after the story begin at block *i*."""
    block, after = blocks[i], [later for later in blocks[i + 1 :] if not later.is_rule]
    if i == 0:
        return False
    labels = read_labels(block.lines)
    if labels is not None and labels[0].kind == "note":
        few = sum(later.words for later in (block, *after)) <= max(NOTE_SHARE * total, FEW_WORDS)
        return few or not any(is_tale(later) for later in after)
    if any(is_tale(later) for later in after) or len(after) > MOST_AFTER:
        return False
    return is_telling(block) or (is_asking(block) and not letter_follows(after))


def _note_texts(blocks: Sequence[Block], part: Part) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if block.is_rule:
            continue
        mark = read_end_mark(block.text) if block.is_line else None
        if mark is not None and part.end_marker in (None, mark):
            part.end_marker = mark
            continue
        labels = read_labels(block.lines)
        if labels is None:
            texts.append(block.text)
            continue
        texts.extend(label.as_note for label in labels if label.as_note)
    return texts
