"""Remove lists that are not part of the story (contents, pictures, navigation), and mark footnotes as notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from bot.stories.formats.html.page import NOTE, Piece
from bot.stories.formats.html.story import OVER_NOTES
from bot.stories.formats.html.tree import PHRASES
from bot.stories.sections.lines import undecorated

_CONTENTS_ENTRIES = 3  # minimum entries by which a table of contents is recognised
_COLUMN_WORDS = 4  # maximum words of a line like ``Chapter Page``
_NUMBERED_NOTE = re.compile(r"[\[({]?(?:\d{1,4}|[*†‡§])[\])}.:]*\s*\S")


def without_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* without tables of contents, lists of pictures, and navigation links."""
    kept: list[Piece] = []
    i = 0
    while i < len(pieces):
        length = _listed_at(pieces, i)
        kept += [] if length else [pieces[i]]
        i += length or 1
    return kept


def _listed_at(pieces: Sequence[Piece], i: int) -> int:
    """Return the number of pieces from *i* on that are no story: a list, a link; else 0."""
    piece = pieces[i]
    heading = undecorated(piece.block.text) if piece.block.is_line else ""
    is_contents = PHRASES["contents"].fullmatch(heading) is not None
    first = i + is_contents
    if is_contents and _names_columns(pieces[first : first + 2]):
        first += 1
    links = sum(1 for _ in takewhile(lambda entry: entry.is_link, islice(pieces, first, None)))
    if links >= (1 if is_contents else _CONTENTS_ENTRIES):
        return first - i + links
    return int(piece.is_link and PHRASES["ways"].fullmatch(piece.block.text) is not None)


def _names_columns(pieces: Sequence[Piece]) -> bool:
    """Return whether the first of two *pieces* is a line like ``Chapter Page`` above the first entry."""
    is_line = len(pieces) == 2 and not pieces[0].level and pieces[0].block.words <= _COLUMN_WORDS
    return is_line and pieces[1].is_link and not pieces[0].is_link


def with_footnotes(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with each heading like ``Footnotes``, and all pieces up to the next heading, marked as notes.

    The first piece below such a heading must be a note or a numbered paragraph.
    """
    kept: list[Piece] = []
    is_note = False
    for i, piece in enumerate(pieces):
        if piece.level:
            following = pieces[i + 1] if i + 1 < len(pieces) else None
            is_note = (
                following is not None
                and OVER_NOTES.fullmatch(undecorated(piece.block.text)) is not None
                and (following.role == NOTE or _NUMBERED_NOTE.match(following.block.text) is not None)
            )
        kept.append(replace(piece, role=NOTE) if is_note else piece)
    return kept
