"""The lines of a paragraph: as they were meant, where they were broken by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.stories.emphasis import plain
from bot.stories.formats.markdown.inline import BREAK, HARD
from bot.stories.sections.blocks import LONG_LINE, is_rule
from bot.stories.sections.labels import read_label

VERSE_LINE = 60
"""Characters: in a file that may be wrapped by hand, a longer line is part of a paragraph."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of a file were broken by hand: at a *width*, if any; a longer line than *verse* is prose."""

    width: int | None
    verse: int

    @classmethod
    def of(cls, paragraphs: Sequence[Sequence[str]]) -> Wrap:
        """The way that the *paragraphs* of a file were typed."""
        broken = [lines for lines in paragraphs if len(lines) > 2]
        width = max((len(line) for lines in broken for line in lines), default=0)
        if 40 <= width <= 100 and 2 * sum(_is_full(lines, width) for lines in broken) >= len(broken):
            return cls(width, VERSE_LINE)
        whole = any(len(lines) == 1 and len(lines[0]) > 2 * LONG_LINE for lines in paragraphs)
        return cls(None, LONG_LINE if whole else VERSE_LINE)

    def unwrapped(self, inline: str) -> list[str]:
        """The lines of a paragraph as they were meant: short ones and those of labels as they are, others joined."""
        if "\n" not in inline:
            return inline.split(HARD)
        lines = BREAK.split(inline)
        told = [plain(line).strip() for line in lines]
        labels = [read_label(line) is not None for line in told]
        if sum(labels) < 2 and max(map(len, told)) <= self.verse and not (self.width and _is_full(told, self.width)):
            return lines
        joined: list[list[str]] = []
        before = "blank"
        for line, sort, is_label, gap in zip(
            lines, map(sort_of, told), labels, ["", *BREAK.findall(inline)], strict=True
        ):
            if gap == "\n" and before == sort == "text" and not (is_label and sum(labels) > 1):
                joined[-1].append(line)
            else:
                joined.append([line])
            before = sort
        return [" ".join(parts) for parts in joined]


def _is_full(lines: Sequence[str], width: int) -> bool:
    """Whether most lines end only because the next word did not fit."""
    full = sum(
        len(line) + 1 + len(next[: width + 20].split(maxsplit=1)[0] if next.strip() else "") > width - 3
        for line, next in pairwise(lines)
    )
    return full >= 0.8 * (len(lines) - 1)


def sort_of(line: str) -> Literal["blank", "rule", "text"]:
    return "blank" if not line.strip() else "rule" if is_rule(line) else "text"
