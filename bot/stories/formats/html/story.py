"""Turn the pieces of a page into sections, by the headings and notes in its markup or by the rules for plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.stories.formats.html.lists import with_marks
from bot.stories.formats.html.page import NOTE, Piece, spaced, without_heading
from bot.stories.sections.assembly import read_book, read_sections
from bot.stories.sections.blocks import Block
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.headings import heading_of, read_chapter
from bot.stories.sections.labels import read_labels
from bot.stories.sections.lines import read_end_mark, undecorated
from bot.stories.sections.parts import Part, Sections

HEADING_CHARS = 120
"""Maximum characters of a heading; a longer one is a paragraph that looks like a heading."""

_LEAST_COUNTED = 2  # minimum consecutive numbers that make a heading level below parts the level of chapters
_LEAST_NUMBERED = 2  # minimum plain lines that read like chapter headings and make other marked headings plain

OVER_NOTES = re.compile(r"(?:foot|end)?[- ]?notes?[:.]?", re.I)
_NOTES_HEADING = re.compile(r"notes?", re.I)


def assemble(
    pieces: Sequence[Piece],
    title: str | None = None,
    author: str | None = None,
    *,
    is_book: bool = False,
    only_marked: bool = False,
) -> Sections:
    """Return the sections of *pieces*, in which only the headings of chapters and parts are headings.

    If *title* is known, title and author are not searched for. A published book (*is_book*) has no notes to readers. If
    all headings are marked (*only_marked*), no other line becomes a heading.
    """
    pieces = with_marks(pieces)
    notes = [(i, piece) for i, piece in enumerate(pieces) if piece.role == NOTE]
    blocks = [_heading_block(piece.block) if piece.level else without_heading(piece.block) for piece in spaced(pieces)]
    prose = [block for block, piece in zip(blocks, pieces, strict=True) if piece.role != NOTE]
    if is_book:
        sections = read_book(prose, Sections(title=title, author=author), only_marked=only_marked)
    else:
        sections = read_sections(prose, only_marked=only_marked, is_titled=title is not None)
    if title is not None:
        sections.title, sections.author = title, author or sections.author
    _attach(sections, [(blocks[:i], piece) for i, piece in notes])
    return sections


def _heading_block(block: Block) -> Block:
    """Return *block* as a heading on one line. Ornaments around the text are removed, unless it has a number."""
    text = block.text
    bare = text if heading_of(text).number is not None else undecorated(text) or text
    return Block((bare,), block.gap, is_heading=True)


def _attach(sections: Sections, notes: Sequence[tuple[Sequence[Block], Piece]]) -> None:
    """Add each note to the chapter that it is in or after; to the story if there is no such chapter or only one."""
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
    """Return *pieces* in which only the headings of chapters, and of parts above chapters, are headings."""
    pieces = [demoted(piece) if piece.level and not may_be_chapter(piece) else piece for piece in pieces]
    if not any(piece.level for piece in pieces):
        return pieces
    if sum(not piece.level and read_chapter(piece.block.lines[0]) is not None for piece in pieces) >= _LEAST_NUMBERED:
        # the chapters are headed by lines without markup, so marked headings that do not name a chapter are subheadings
        pieces = [demoted(piece) if piece.level and not read_chapter(piece.block.text) else piece for piece in pieces]
    counts = Counter(piece.level for piece in pieces if piece.level)
    levels = sorted(counts)
    chosen = set(levels[:1])
    for level in levels[1:]:
        above = [i for i, piece in enumerate(pieces) if piece.level in chosen]
        following = [next((below.level for below in pieces[i + 1 :] if not below.block.is_rule), 0) for i in above]
        over = following.count(level)
        if 2 * over <= len(above) and _counted(pieces, level) < max(_LEAST_COUNTED, len(above)):
            break
        chosen.add(level)
    kept: list[Piece] = []
    for piece in pieces:
        above = kept[-1] if kept else None
        if above and _is_title_of(above, piece, counts):
            text = joined(above.block.text, piece.block.text)
            block = Block.of([text], above.block.gap, is_heading=True)
            kept[-1] = replace(above, block=block, anchors=above.anchors + piece.anchors)
        elif piece.level and piece.level not in chosen and not read_chapter(piece.block.text):
            kept.append(demoted(piece))
        else:
            kept.append(piece)
    return kept


def _counted(pieces: Sequence[Piece], level: int) -> int:
    """Return how many headings on *level* have a number that is one more than the number before."""
    numbers = [heading_of(piece.block.text).number for piece in pieces if piece.level == level]
    known = [number for number in numbers if number is not None]
    return sum(later == number + 1 for number, later in pairwise(known))


def joined(number: str, title: str) -> str:
    """Join the two lines of a heading, so that its number can be told from its title."""
    number = number.rstrip(".: ")
    return f"{number}{': ' if read_chapter(number) else '. '}{title}"


def _is_title_of(above: Piece, piece: Piece, counts: Counter[int]) -> bool:
    """Return whether a heading is the title for the number *above* it, and not a chapter in a part of that number."""
    if not piece.level or not above.level or heading_of(above.block.text).title is not None:
        return False
    heading = heading_of(piece.block.text)
    is_numbered = heading.number is not None or heading.title is None or read_chapter(piece.block.text) is not None
    is_in_part = heading_of(above.block.text).is_part and counts[piece.level] > counts[above.level]
    return not is_numbered and not is_in_part


def demoted(piece: Piece) -> Piece:
    """Return a heading as plain text; the heading ``Notes`` becomes a label."""
    text = piece.block.text
    block = Block.of([f"{text}:"], piece.block.gap) if _NOTES_HEADING.fullmatch(text) else piece.block
    return replace(piece, block=replace(block, is_heading=False), level=0)


def may_be_chapter(piece: Piece) -> bool:
    """Return whether a heading may be that of a chapter."""
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
