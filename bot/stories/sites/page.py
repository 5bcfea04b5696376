"""The lines of a file's blocks: sites are known by lines, however a format divides them into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.stories.sections.blocks import Block

_SAMPLED = 60  # first blocks that show whether a blank line separates paragraphs, or only lines
_SPACED_SHARE = 0.2  # minimum share of blocks with a larger gap in a file with each line in a block of its own


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block."""

    text: str
    """The line without emphasis marks and without white space around it."""
    block: Block
    at: int = 0
    """Index of the line in its block."""
    is_apart: bool = True
    """Whether a blank line separates the line from the line above."""

    @property
    def words(self) -> int:
        return len(self.text.split())


Item = Line | Block | str
"""A line of the file, a block that a site's reader made, or a label (``Title: Snow``) that it made."""


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of *blocks*, in order."""
    gaps = [block.gap for block in blocks[1:_SAMPLED]]
    is_line_by_line = 0 not in gaps and sum(gap > 1 for gap in gaps) >= max(1, _SPACED_SHARE * len(gaps))
    least = 2 if is_line_by_line and all(block.is_line for block in blocks[:_SAMPLED]) else 1
    return [
        Line(text.strip(), block, at, at == 0 and block.gap >= least)
        for block in blocks
        for at, text in enumerate(block.lines)
    ]


def note(text: str) -> Block:
    """Return the *text* of a note as a block with the label of one."""
    first, *more = text.split("\n")
    return Block((f"A/N: {first}", *more))


def blocks_of(items: Sequence[Item]) -> list[Block]:
    """Return *items* as blocks. Labels that follow each other, and the lines right below them, become one block.

    A block whose lines are all there, and beside nothing else, is returned as it is.
    """
    return [_joined(run) for run in _runs(items)]


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    run: list[Item] = []
    for item in items:
        if run and not _continues(run[-1], item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _continues(above: Item, item: Item) -> bool:
    """Return whether *item* belongs to the block of the item *above* it."""
    if isinstance(item, Block) or isinstance(above, Block):
        return False
    if isinstance(item, str):
        return isinstance(above, str)
    if isinstance(above, str):
        return not item.is_apart and not item.block.is_heading
    return item.block is above.block and item.at > above.at and not item.is_apart


def _joined(run: Sequence[Item]) -> Block:
    first = run[0]
    if isinstance(first, Block):
        return first
    is_parted = isinstance(first, Line) and first.is_apart and first.block.gap == 0
    if isinstance(first, Line) and len(run) == len(first.block.lines) and not is_parted:
        return first.block
    lines, marked = zip(*(_typed(item) for item in run if not isinstance(item, Block)), strict=True)
    around = first.block if isinstance(first, Line) else Block(())
    gap = 1 if is_parted else around.gap
    return replace(around, lines=lines, gap=gap, marked=marked if marked != lines else ())


def _typed(item: Line | str) -> tuple[str, str]:
    """Return the text of a line, and the text with its emphasis marks."""
    if isinstance(item, str):
        return item, item
    return item.block.lines[item.at], (item.block.marked or item.block.lines)[item.at]
