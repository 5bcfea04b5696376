"""Take what stands after a story or a chapter: its end mark, and the notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label, read_labels
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.notes import is_asking, is_tale, is_talk, is_telling, letter_follows
from bot.stories.sections.parts import Part

_NOTE_SHARE = 0.3  # the share of a chapter's words after a labelled note at most: with more the note stays where it is
_FEW_WORDS = 75  # words that a labelled note and what follows it may have in the shortest chapter
_END_MARK_CHARS = 80  # characters of an end mark at most
_MOST_AFTER = 8  # paragraphs after a note without a label at most


@dataclass(frozen=True, slots=True)
class _After:
    """What stands after each block of a chapter, counted once for all of them."""

    total: int
    """Words of the chapter, with those of rules."""
    words: list[int]
    """Words from each block on, without rules."""
    paragraphs: list[int]
    """Blocks from each block on, without rules."""
    last_tale: int
    """The last block that is certainly prose, or -1."""
    last_talk: int
    """The last block in which a character speaks, or -1."""


def _after(blocks: Sequence[Block]) -> _After:
    words = accumulate((0 if block.is_rule else block.words for block in reversed(blocks)), initial=0)
    paragraphs = accumulate((not block.is_rule for block in reversed(blocks)), initial=0)
    last_tale = next((i for i in reversed(range(len(blocks))) if is_tale(blocks[i]) and not blocks[i].is_rule), -1)
    last_talk = next((i for i in reversed(range(len(blocks))) if is_talk(blocks[i])), -1)
    return _After(sum(block.words for block in blocks), [*words][::-1], [*paragraphs][::-1], last_tale, last_talk)


def take_ending(part: Part) -> None:
    """Take the end mark and all notes after it, or the notes after the last of the prose."""
    blocks = part.blocks
    start = len(blocks)
    after = _after(blocks)
    for i in range(1, len(blocks)):
        if (mark := _end_mark(blocks[i])) is not None and _ends_here(blocks, i, after):
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
        if after.words[i + 1] > (_NOTE_SHARE * after.total if is_last else 0):
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
    return read_end_mark(block.text) if block.is_line and len(block.text) <= _END_MARK_CHARS else None


def _ends_here(blocks: Sequence[Block], i: int, after: _After) -> bool:
    """Return whether the end mark at block *i* ends the chapter."""
    if not after.paragraphs[i + 1] or (after.last_talk <= i and after.words[i + 1] <= _NOTE_SHARE * after.total):
        return True
    following = islice((later for later in blocks[i + 1 : i + 20] if not later.is_rule), 3)
    return any(read_labels(later.lines) or is_telling(later) or is_asking(later) for later in following)


def _notes_begin(blocks: Sequence[Block], i: int, after: _After) -> bool:
    """Return whether the notes after the story begin at block *i*."""
    block = blocks[i]
    label = read_label(block.lines[0])
    if label is not None and label.kind == "note":
        few = block.words + after.words[i + 1] <= max(_NOTE_SHARE * after.total, _FEW_WORDS)
        return few or after.last_tale <= i
    if after.last_tale > i or after.paragraphs[i + 1] > _MOST_AFTER or block.is_rule:
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
        texts += [block.text] if labels is None else [label.as_note for label in labels if label.as_note]
    return texts
