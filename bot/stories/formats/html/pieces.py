"""Pieces: the blocks of a page, each with what the markup says of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.stories.sections.blocks import Block


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, and what the markup says of it."""

    block: Block
    level: int = 0
    """Of a heading: 1 for ``h1`` and so on."""
    anchors: tuple[str, ...] = ()
    """The names by which links reach this block."""
    role: str = ""
    """The use of the element around it, where that is not the story: see `read_pieces`."""
    is_link: bool = False
    """Whether it only leads elsewhere within the book, as an entry of a list of contents does."""


def spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with a gap of two before each scene, and of one before any other.

    A gap that is larger than the usual one of the page is a scene break.
    """
    between = Counter(piece.block.gap for piece in pieces[1:] if piece.block.gap > 0 and not piece.level)
    usual = max(between.items(), key=lambda item: (item[1], -item[0]))[0] if between else 1
    return [
        replace(piece, block=replace(piece.block, gap=2 if piece.block.gap > usual and not piece.level else 1))
        for piece in pieces
    ]


def as_prose(pieces: Sequence[Piece]) -> list[Block]:
    """Return the blocks of *pieces*, where no heading is a chapter's."""
    return [replace(piece.block, is_heading=False) for piece in spaced(pieces)]


def words_in(text: str) -> list[str]:
    """Return the words of *text* as they are compared: without punctuation and capitals."""
    return re.findall(r"\w+", text.casefold())
