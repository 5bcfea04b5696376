"""Join the lines of a header (``Label: value``), which some formats give as blocks of their own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import is_labelled, read_label

_HEAD_LINES = 12  # number of first blocks in which a header begins, and maximum lines of a header that are joined


def with_whole_head(blocks: Sequence[Block]) -> list[Block]:
    """Join consecutive header lines (``Label: value``) into one block, if some of their labels are unknown.

    Some formats give each line as a block of its own. Lines above the title's label are split off first.
    """
    blocks = [piece for i, block in enumerate(blocks) for piece in (_split_at_title(block) if i < 2 else (block,))]
    start = 0
    while start < min(_HEAD_LINES, len(blocks)):
        end = start
        while end < min(start + _HEAD_LINES, len(blocks)) and _is_of_head(blocks[end], is_first=end == start):
            end += 1
        run = blocks[start:end]
        if len(run) > 1 and not all(block.labels for block in run):
            lines = tuple(block.lines[0] for block in run)
            marked = tuple(block.prose for block in run) if any(block.marked for block in run) else ()
            return [*blocks[:start], Block(lines, run[0].gap, marked), *blocks[end:]]
        start = max(end, start + 1)
    return list(blocks)


def _split_at_title(block: Block) -> tuple[Block, ...]:
    """Return *block*, split before the title's label if unlabelled lines are above that label."""
    at = next((i for i, line in enumerate(block.lines[:4]) if (label := read_label(line)) and label.kind == "title"), 0)
    if at == 0 or is_labelled(block.lines[0]) or block.is_heading:
        return (block,)
    return Block(block.lines[:at], block.gap, block.marked[:at]), block.after(at)


def _is_of_head(block: Block, *, is_first: bool) -> bool:
    is_below = is_first or block.gap == 0
    return is_below and block.is_line and not block.is_heading and not block.is_rule and is_labelled(block.lines[0])
