"""A Markdown file as a story: its title, its chapters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.stories.emphasis import marked
from bot.stories.formats.encoding import decode
from bot.stories.formats.markdown.blocks import Piece, Reader
from bot.stories.formats.markdown.directives import without_directives
from bot.stories.model import Refused
from bot.stories.sections.assembly import read_sections
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_labels
from bot.stories.sections.notes import is_telling
from bot.stories.sections.parts import Sections

MARKS = "*_[]`~<>&\\!"
"""Characters that may mean something in Markdown, and cost time even where they do not."""

MOST_MARKS = 300_000
"""Five times what the longest novel has with emphasis on every page."""

MOST_LINES = 100_000
"""A line of a list costs two kilobytes while it is read; the longest books have fewer lines."""


def read_markdown(data: bytes) -> Sections:
    """The sections of a Markdown file. Raises `Refused`."""
    text, warning = decode(data)
    if (lines := text.count("\n")) > MOST_LINES:
        raise Refused(f"the file has {lines:,} lines; a Markdown file may have {MOST_LINES:,}")
    if (marks := sum(map(text.count, MARKS))) > MOST_MARKS:
        raise Refused(f"the file has {marks:,} signs of Markdown; a story may have {MOST_MARKS:,}")
    title, lines = _without_title(list(Reader(without_directives(without_comments(text))).pieces()))
    blocks = [line.block for line in _with_chapters(lines, has_title=title is not None)]
    sections = read_sections(blocks, title=title)
    if title is not None and sections.metadata.get("title", "").casefold() == title.casefold():
        del sections.metadata["title"]
    sections.warnings += [warning] if warning else []
    return sections


def without_comments(text: str) -> str:
    """*text* without ``<!-- … -->``: what an author keeps from the page is kept from readers."""
    kept: list[str] = []
    last = 0
    while (start := text.find("<!--", last)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[last:start])
        last = end + 3
    return "".join([*kept, text[last:]])


_NUMERAL = re.compile(r"[\dIVXLCivxlc]+[.)]?")


def _without_title(pieces: list[Piece]) -> tuple[str | None, list[Piece]]:
    """Take the title: the first heading, where nothing but notes stands above it and it heads all others."""
    headings = [i for i, piece in enumerate(pieces) if piece.level]
    if not headings:
        return None, pieces
    first = headings[0]
    text, level = pieces[first].block.text, pieces[first].level
    if read_chapter(text) or _NUMERAL.fullmatch(text) or not all(_stands_above(p.block) for p in pieces[:first]):
        return None, pieces
    if len(headings) > 1:
        highest = min(pieces[i].level for i in headings[1:])
        between = pieces[first + 1 : headings[1]]
        if highest < level or (highest == level and not all(_stands_above(piece.block) for piece in between)):
            return None, pieces
    return text, pieces[:first] + pieces[first + 1 :]


def _stands_above(block: Block) -> bool:
    """Whether this may stand between a title and what it heads."""
    return block.is_rule or read_labels(block.lines) is not None or is_telling(block) or _is_byline(block)


def _is_byline(block: Block) -> bool:
    return block.is_line and re.match(r"(?i)\W*(?:written )?by\b", block.text) is not None and block.words < 8


def _with_chapters(pieces: Sequence[Piece], *, has_title: bool) -> list[Piece]:
    """Mark the headings of chapters; deeper ones are bold lines."""
    level = _chapter_level(pieces, has_title=has_title)
    return [_chapter_or_line(piece, level) if piece.level else piece for piece in pieces]


def _chapter_or_line(piece: Piece, level: int) -> Piece:
    if piece.level <= level:
        return replace(piece, block=replace(piece.block, is_heading=True))
    return Piece(Block.of([marked(line, "bold") for line in piece.block.marked]))


def _chapter_level(pieces: Sequence[Piece], *, has_title: bool) -> int:
    """The level of chapters: the highest, or where most of its headings stand right over another one the next."""
    counts = Counter(piece.level for piece in pieces if piece.level)
    if not counts:
        return 0
    repeated = [level for level, count in counts.items() if count > 1]
    level = min(counts) if has_title or not repeated else min(repeated)
    told = [piece for piece in pieces if not piece.block.is_rule]
    for deeper in sorted(counts):
        over = sum(one.level == level and next.level == deeper for one, next in pairwise(told))
        if deeper > level and 2 * over >= counts[level]:
            level = deeper
    return level
