"""Part the speakers in a play from their speeches: names in cells, terms or marked spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.stories.formats.html.page import Piece
from bot.stories.sections.blocks import Block
from bot.stories.sections.plays import speak

GAP = "\x1f"
"""Mark between two cells of a row, and below a name or a term; no visible text has it."""

_GAP = re.compile(f" ?{GAP} ?")
_SPOKEN = re.compile(
    rf"(?P<name>(?!\d)[^\W_a-z][\w.'’-]*(?: [\w.'’-]+){{0,3}}(?<![.])) ?{GAP} ?[\w\"'“‘«([—–…¿¡-][^{GAP}]*"
)


def with_stops(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with a full stop for the gap after the name of each speaker, and a space for other gaps.

    The names must repeat: the first column of other tables has a new word in each row.
    """
    spoken = {i: match["name"] for i, piece in enumerate(pieces) if (match := _SPOKEN.match(piece.block.text))}
    is_play = speak(list(spoken.values()))
    return [_parted(piece, ". " if is_play and i in spoken else " ") for i, piece in enumerate(pieces)]


def _parted(piece: Piece, mark: str) -> Piece:
    block = piece.block
    if GAP not in block.text:
        return piece
    lines = [_GAP.sub(mark, line) for line in block.marked or block.lines]
    return replace(piece, block=Block.of(lines, block.gap, is_heading=block.is_heading))
