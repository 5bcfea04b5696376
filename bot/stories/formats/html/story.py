"""The blocks of plain markup become sections: what it calls headings and notes, and else what any text says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.stories.formats.html.page import heading_of
from bot.stories.formats.html.pieces import Piece, spaced
from bot.stories.sections.assembly import read_book, read_sections
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_labels
from bot.stories.sections.lines import read_end_mark, undecorated
from bot.stories.sections.parts import Part, Sections
from bot.stories.sections.titles import read_byline

NOTE = "note"
"""The role of a footnote or an endnote."""

HEADING_CHARS = 120
"""Characters: what is longer is a paragraph that looks like a heading."""

LEAST_COUNTED = 2
"""Headings that count on from the one before: so many below others, and no fewer than those, are of chapters under the
names of parts."""

LEAST_NUMBERED = 2
"""Paragraphs that are headings by their words: so many are those of the chapters."""

_STAND_IN = Block(("TITLE", "by AUTHOR"))
"""Stands where a title and a byline would, when the markup gives them, so that no other line is taken for them."""

OVER_NOTES = re.compile(r"(?:foot|end)?[- ]?notes?[:.]?", re.I)
_NOTES_HEADING = re.compile(r"notes?", re.I)


def tell(
    pieces: Sequence[Piece],
    title: str | None = None,
    author: str | None = None,
    *,
    is_book: bool = False,
    only_marked: bool = False,
) -> Sections:
    """The sections of *pieces*; its headings are those of chapters. A *title* that is known is not looked for.

    In a published book (*is_book*) nobody speaks to readers. Where all headings are marked (*only_marked*), no line
    is one for what it says.
    """
    notes = [(i, piece) for i, piece in enumerate(pieces) if piece.role == NOTE]
    blocks = [
        _heading_block(piece.block) if piece.level else replace(piece.block, is_heading=False)
        for piece in spaced(pieces)
    ]
    told = [block for block, piece in zip(blocks, pieces, strict=True) if piece.role != NOTE]
    if is_book:
        sections = read_book(told, Sections(title=title, author=author), only_marked=only_marked)
    else:
        sections = read_sections([_STAND_IN, *told] if title is not None else told, only_marked=only_marked)
    if title is not None:
        sections.title, sections.author = title, author
    for part in sections.parts:
        heading = part.heading
        if heading is not None and heading.number is None and heading.title == undecorated(heading.label):
            part.heading = heading_of(heading.label)
    _attach(sections, [(blocks[:i], piece) for i, piece in notes])
    return sections


def _heading_block(block: Block) -> Block:
    """A heading as one line, without what only decorates it."""
    text = block.text
    bare = text if heading_of(text).number is not None else undecorated(text) or text
    return Block((bare,), block.gap, is_heading=True)


def _attach(sections: Sections, notes: Sequence[tuple[Sequence[Block], Piece]]) -> None:
    """Give each note to the chapter that it stands in or after."""
    part_of = {id(block): part for part in sections.parts for block in part.blocks}
    last: Part | None = None
    seen = 0
    for before, piece in notes:
        last = next((part_of[id(block)] for block in reversed(before[seen:]) if id(block) in part_of), last)
        seen = len(before)
        if not (piece.level or piece.block.is_rule or OVER_NOTES.fullmatch(piece.block.text)):
            (sections if last is None or len(sections.parts) == 1 else last).notes_after.append(piece.block.text)


# -- headings -------------------------------------------------------------------


def with_chapters(pieces: Sequence[Piece]) -> list[Piece]:
    """*pieces* where only the headings of chapters, and of parts over them, are headings still."""
    pieces = [demoted(piece) if piece.level and not may_head(piece) else piece for piece in pieces]
    if sum(not piece.level and read_chapter(piece.block.lines[0]) is not None for piece in pieces) >= LEAST_NUMBERED:
        # chapters that only their words tell: what is marked beside them is below them
        pieces = [demoted(piece) if piece.level and not read_chapter(piece.block.text) else piece for piece in pieces]
    counts = Counter(piece.level for piece in pieces if piece.level)
    levels = sorted(counts)
    chosen = set(levels[:1])
    for level in levels[1:]:
        above = [i for i, piece in enumerate(pieces) if piece.level in chosen]
        over = sum(_follows(pieces, i) == level for i in above)
        if 2 * over <= len(above) and _counted(pieces, level) < max(LEAST_COUNTED, len(above)):
            break
        chosen.add(level)
    kept: list[Piece] = []
    for piece in pieces:
        above = kept[-1] if kept else None
        if (
            piece.level
            and above
            and _only_numbers(above)
            and not _numbers(piece)
            and not _is_over(above, piece, counts)
        ):
            text = joined(above.block.text, piece.block.text)
            block = Block.of([text], above.block.gap, is_heading=True)
            kept[-1] = replace(above, block=block, anchors=above.anchors + piece.anchors)
        elif piece.level and piece.level not in chosen and not read_chapter(piece.block.text):
            kept.append(demoted(piece))
        else:
            kept.append(piece)
    return kept


def _counted(pieces: Sequence[Piece], level: int) -> int:
    """How many headings of a level have the number after that of the one before."""
    numbers = [heading_of(piece.block.text).number for piece in pieces if piece.level == level]
    known = [number for number in numbers if number is not None]
    return sum(later == number + 1 for number, later in pairwise(known))


def joined(number: str, title: str) -> str:
    """A heading of two lines as one, parted so that the number is known from the title."""
    number = number.rstrip(".: ")
    return f"{number}{': ' if read_chapter(number) else '. '}{title}"


def _is_over(above: Piece, piece: Piece, counts: Counter[int]) -> bool:
    """Whether a heading is that of a part, with chapters below it, and not the number of this title."""
    return heading_of(above.block.text).is_part and counts[piece.level] > counts[above.level]


def demoted(piece: Piece) -> Piece:
    """A heading that is none of a chapter's; one that says ``Notes`` is a label."""
    text = piece.block.text
    block = Block.of([f"{text}:"], piece.block.gap) if _NOTES_HEADING.fullmatch(text) else piece.block
    return replace(piece, block=replace(block, is_heading=False), level=0)


def may_head(piece: Piece) -> bool:
    text = piece.block.text
    return not (
        piece.role == NOTE
        or len(text) > HEADING_CHARS
        or piece.block.is_rule
        or _NOTES_HEADING.fullmatch(text)
        or read_labels([text])
        or read_byline(text)
        or read_end_mark(text)
    )


def _follows(pieces: Sequence[Piece], i: int) -> int:
    """The level of the heading that directly follows piece *i*, or 0."""
    return next((piece.level for piece in pieces[i + 1 :] if not piece.block.is_rule), 0)


def _only_numbers(piece: Piece) -> bool:
    return bool(piece.level) and heading_of(piece.block.text).title is None


def _numbers(piece: Piece) -> bool:
    heading = heading_of(piece.block.text)
    return heading.number is not None or heading.title is None or read_chapter(piece.block.text) is not None
