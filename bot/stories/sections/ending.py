"""What stands after a story, or after a chapter: its end mark, and what the author says last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label, read_labels
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.notes import is_asking, is_tale, is_talk, is_telling, letter_follows
from bot.stories.sections.parts import Part

NOTE_SHARE = 0.3
"""Of a chapter's words: a labelled note with more text after it stands amid the story, and stays there."""

FEW_WORDS = 75
"""Words that a labelled note and what follows it may have in the shortest chapter."""

LONGEST_MARK = 80
"""Characters: a longer line is no end mark."""

MOST_AFTER = 8
"""Paragraphs that may follow a note without a label."""


@dataclass(frozen=True, slots=True)
class _After:
    """What stands after each block of a chapter, found once for all of them."""

    total: int
    """Words of the chapter, rules among them."""
    words: list[int]
    """Words from each block on, without rules."""
    said: list[int]
    """Blocks from each block on, without rules."""
    last_tale: int
    """The last block that can only be the story."""


def _after(blocks: Sequence[Block]) -> _After:
    words, said = [0], [0]
    for block in reversed(blocks):
        words.append(words[-1] + (0 if block.is_rule else block.words))
        said.append(said[-1] + (not block.is_rule))
    tale = next((i for i in range(len(blocks) - 1, -1, -1) if is_tale(blocks[i]) and not blocks[i].is_rule), -1)
    return _After(sum(block.words for block in blocks), words[::-1], said[::-1], tale)


def take_ending(part: Part) -> None:
    """Take the end mark and everything the author says after it, or after the last of the prose."""
    blocks = part.blocks
    start = len(blocks)
    after = _after(blocks)
    last_talk: int | None = None
    for i in range(1, len(blocks)):
        if (mark := _end_mark(blocks[i])) is not None:
            if last_talk is None:
                last_talk = next((j for j in range(len(blocks) - 1, -1, -1) if is_talk(blocks[j])), -1)
            if _ends_here(blocks, i, after, is_quiet=last_talk <= i):
                part.end_marker, start = mark, i
                break
        if _notes_begin(blocks, i, after):
            start = i
            break
    part.notes_after = _note_texts(blocks[start:], part)
    part.blocks = blocks[:start]
    _drop_last_rules(part)


def take_book_ending(part: Part, *, is_last: bool) -> None:
    """Take the end mark of a published book, and what is printed after it."""
    blocks = part.blocks
    after = _after(blocks)
    for i in range(len(blocks) - 1, 0, -1):
        if after.words[i + 1] > (NOTE_SHARE * after.total if is_last else 0):
            break
        if (mark := _end_mark(blocks[i])) is not None:
            part.end_marker = mark
            part.notes_after = [block.text for block in blocks[i + 1 :] if not block.is_rule]
            part.blocks = blocks[:i]
            break
    _drop_last_rules(part)


def _drop_last_rules(part: Part) -> None:
    while part.blocks and part.blocks[-1].is_rule:
        part.blocks.pop()


def _end_mark(block: Block) -> str | None:
    return read_end_mark(block.text) if block.is_line and len(block.text) <= LONGEST_MARK else None


def _ends_here(blocks: Sequence[Block], i: int, after: _After, *, is_quiet: bool) -> bool:
    if not after.said[i + 1]:
        return True
    if after.words[i + 1] <= NOTE_SHARE * after.total and is_quiet:
        return True
    following = islice((later for later in blocks[i + 1 : i + 20] if not later.is_rule), 3)
    return any(read_labels(later.lines) or is_telling(later) or is_asking(later) for later in following)


def _notes_begin(blocks: Sequence[Block], i: int, after: _After) -> bool:
    """Whether the notes after the story begin at block *i*."""
    block = blocks[i]
    label = read_label(block.lines[0])
    if label is not None and label.kind == "note":
        few = block.words + after.words[i + 1] <= max(NOTE_SHARE * after.total, FEW_WORDS)
        return few or after.last_tale <= i
    if after.last_tale > i or after.said[i + 1] > MOST_AFTER:
        return False
    if block.is_rule:
        return False
    following = [later for later in blocks[i + 1 : i + 20] if not later.is_rule]
    return is_telling(block) or (is_asking(block) and not letter_follows(following))


def _note_texts(blocks: Sequence[Block], part: Part) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if block.is_rule:
            continue
        mark = _end_mark(block)
        if mark is not None and part.end_marker in (None, mark):
            part.end_marker = mark
            continue
        labels = read_labels(block.lines)
        if labels is None:
            texts.append(block.text)
            continue
        texts.extend(label.as_note for label in labels if label.as_note)
    return texts
