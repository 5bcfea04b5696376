"""Find a line or a paragraph by its first or last words, as a reader of the story types them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.sections.blocks import Block


def shown(text: str) -> str:
    """Return *text* shortened to quote it in a message."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"


def find(blocks: Sequence[Block], words: str, *, ends: bool) -> tuple[int, int] | None:
    """Return the index of a block, and of the first line in it that begins with *words*, or None.

    With *ends*, find the last line that ends with *words* instead. The words may continue on other lines of the block.
    """
    wanted = squeezed(words)
    for i in range(len(blocks) - 1, -1, -1) if ends else range(len(blocks)):
        lines = blocks[i].lines
        for line in range(len(lines) - 1, -1, -1) if ends else range(len(lines)):
            text = ""
            for other in range(line, -1, -1) if ends else range(line, len(lines)):
                if len(text) > len(wanted):
                    break
                line_text = squeezed(lines[other])
                text = (f"{line_text} {text}" if ends else f"{text} {line_text}").strip()
            if text.endswith(wanted) if ends else text.startswith(wanted):
                return i, line
    return None


def cut(blocks: Sequence[Block], i: int, line: int) -> tuple[int, list[Block], int]:
    """Split block *i* before its *line*; return the index of the second part, all blocks, and how many were added."""
    block = blocks[i]
    if line == 0:
        return i, list(blocks), 0
    if line == len(block.lines):
        return i + 1, list(blocks), 0
    first = Block(block.lines[:line], block.gap, block.marked[:line])
    return i + 1, [*blocks[:i], first, block.after(line), *blocks[i + 1 :]], 1


def squeezed(text: str) -> str:
    """Return *text* normalised for comparison: its white space, quotation marks, dashes and ellipses."""
    return " ".join(text.translate(_STRAIGHT).split()).replace("...", "…")


_STRAIGHT = str.maketrans("“”„«»‘’–—", '"""""\'\'--')
