"""Text becomes blocks: paragraphs, verses and rules, each with the white space before it."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bot.stories.emphasis import plain

LONG_LINE = 90
"""Characters: a line longer than this is a paragraph, never a line of verse."""

WRAP_WIDTHS = range(50, 101)
"""Characters: where editors and mail programs break lines."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together; *gap* is how many blank lines stand before them.

    A block of one line is a paragraph; one of several keeps its line breaks (a verse, an address). *lines* are plain;
    where a source has emphasis, *marked* has the same lines with the marks of `bot.stories.emphasis`.
    """

    lines: tuple[str, ...]
    gap: int = 1
    marked: tuple[str, ...] = ()
    is_heading: bool = False
    """Whether the source itself says that this is a heading."""

    @classmethod
    def of(cls, marked: Sequence[str], gap: int = 1, *, is_heading: bool = False) -> Block:
        """A block of lines that may have emphasis in them."""
        return cls(tuple(plain(line) for line in marked), gap, tuple(marked), is_heading)

    @property
    def prose(self) -> str:
        """Its text with the marks of its emphasis."""
        return "\n".join(self.marked or self.lines)

    def after(self, lines: int) -> Block:
        """What is left without its first lines."""
        return Block(self.lines[lines:], 0, self.marked[lines:])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_line(self) -> bool:
        return len(self.lines) == 1

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)

    @property
    def is_rule(self) -> bool:
        return self.is_line and is_rule(self.lines[0])


_ORNAMENTS = re.compile(r"[-–—―‒_=~*•·◦#+^<>«»◊♦◆★☆✦✧♥♡❤❦❧⁂†‡§|/\\:;.…°○●▪■□∞\ufe0f\s]+")
_DOTS = re.compile(r"[.…\s]*")  # a silence that somebody keeps is prose
_X_AND_O = re.compile(r"[xX]+|[oO]{3,}|(?=.*[xX])(?!(?i:xoxo)$)[xXoO]{2,}|(?:[oO]0)+[oO]|(?:0[oO])+0")
_BREAK_WORDS = re.compile(r"(?:line|page|scene)[ -]?break", re.I)
_AROUND = "-–—_=~*•·# []()<>|"


def is_rule(line: str) -> bool:
    """Whether *line* is an ornament that parts scenes or sections (``----``, ``* * *``, ``xXx``, ``~*~``)."""
    if len(line) > 200 or _DOTS.fullmatch(line):
        return False
    letters = _ORNAMENTS.sub("", line)
    return not letters or bool(_X_AND_O.fullmatch(letters) or _BREAK_WORDS.fullmatch(line.strip(_AROUND)))


def split(text: str) -> list[Block]:
    """Cut *text* into blocks; a rule is always a block of its own, a wrapped paragraph is one line again."""
    raw = list(_raw_blocks(text))
    width = _wrap_width(raw)
    return [piece for block in raw for piece in _pieces(block, width)]


def usual_gap(blocks: Sequence[Block]) -> int:
    """How many blank lines commonly part two paragraphs of this file; more than that is a time jump."""
    gaps = Counter(block.gap for block in blocks[1:] if block.gap > 0)
    return max(1, gaps.most_common(1)[0][0]) if gaps else 1


def _raw_blocks(text: str) -> Iterator[Block]:
    gap = 0
    for blank, group in groupby(text.expandtabs(4).split("\n"), key=lambda line: not line.strip()):
        lines = list(group)
        if blank:
            gap = len(lines)
        else:
            dedented = textwrap.dedent("\n".join(line.rstrip() for line in lines)).split("\n")
            yield Block(tuple(dedented), gap)


def _pieces(block: Block, width: int | None) -> Iterator[Block]:
    """Part *block* at its rules and join or part its other lines as the way it was typed asks for."""
    gap = block.gap
    for rule, group in groupby(block.lines, key=is_rule):
        lines = tuple(group)
        for piece in [(line,) for line in lines] if rule else _paragraphs(lines, width):
            yield Block(tuple(line.strip() for line in piece) if len(piece) == 1 else piece, gap)
            gap = 0


def _paragraphs(lines: tuple[str, ...], width: int | None) -> list[tuple[str, ...]]:
    if len(lines) == 1:
        return [lines]
    if width is not None and _is_wrapped(lines, width):
        return [(" ".join(line.strip() for line in lines),)]
    if any(len(line) > LONG_LINE for line in lines) or _is_dialogue(lines):
        return [(line,) for line in lines]
    return [lines]


_SPEECH = re.compile(r"\s*[\"“«„—–]")
_SENTENCE_END = re.compile(r"[.!?…,;:—–-][\"”»’')\]]*$")


def _is_dialogue(lines: Sequence[str]) -> bool:
    """Paragraphs of talk parted by single newlines: most open with speech and all end as sentences do."""
    spoken = sum(bool(_SPEECH.match(line)) for line in lines)
    return 2 * spoken > len(lines) and all(_SENTENCE_END.search(line) for line in lines)


def _wrap_width(blocks: Sequence[Block]) -> int | None:
    """The width at which this file's lines are broken by hand, or None where each line is as the author meant."""
    long_blocks = [block for block in blocks if len(block.lines) >= 3]
    lengths = sorted(len(line) for block in long_blocks for line in block.lines)
    if not lengths:
        return None
    width = lengths[-1]
    if width not in WRAP_WIDTHS:
        return None
    wrapped = sum(_is_wrapped(block.lines, width) for block in long_blocks)
    return width if 2 * wrapped >= len(long_blocks) else None


def _is_wrapped(lines: Sequence[str], width: int) -> bool:
    """Whether the lines break only because the next word did not fit."""
    if any(line.startswith((" ", "\t")) for line in lines[1:]):
        return False
    full = sum(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - 3 for line, following in pairwise(lines))
    return full >= 0.8 * (len(lines) - 1)
