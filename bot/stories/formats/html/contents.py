"""Remove lists that are not part of the story (contents, pictures, navigation), and mark footnotes as notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from bot.stories.formats.html.page import Piece, words_in
from bot.stories.formats.html.story import NOTE, OVER_NOTES
from bot.stories.formats.html.tree import PHRASES
from bot.stories.sections.headings import heading_of
from bot.stories.sections.lines import undecorated

_CONTENTS_ENTRIES = 3  # minimum entries by which a table of contents is recognised
_COLUMN_WORDS = 4  # maximum words of a line like ``Chapter Page``
_ENTRY_WORDS = 30  # maximum words of an entry, which in old books summarises the chapter
_NUMBERED_NOTE = re.compile(r"[\[({]?(?:\d{1,4}|[*†‡§])[\])}.:]*\s*\S")


def without_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* without tables of contents, lists of pictures, and navigation links."""
    kept: list[Piece] = []
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        entries = list(takewhile(lambda entry: entry.is_link, islice(pieces, i, None))) if piece.is_link else []
        if len(entries) >= _CONTENTS_ENTRIES:
            kept = kept[:-1] if kept and _is_contents(kept[-1]) else kept
            i += len(entries)
        elif _is_contents(piece) and (first := _first_entry(pieces, i + 1)) is not None:
            i = first + sum(1 for _ in takewhile(lambda entry: entry.is_link, islice(pieces, first, None)))
        elif length := _list_length(pieces, i):
            i += 1 + length
        elif piece.is_link and PHRASES["ways"].fullmatch(piece.block.text):
            i += 1
        else:
            kept.append(piece)
            i += 1
    return kept


def _first_entry(pieces: Sequence[Piece], start: int) -> int | None:
    """Return the index of the first entry below a heading of contents; a line with column titles may come between."""
    for i, piece in enumerate(pieces[start : start + 2], start):
        if piece.is_link:
            return i
        if piece.block.words > _COLUMN_WORDS or piece.level:
            return None
    return None


def _is_contents(piece: Piece) -> bool:
    return piece.block.is_line and bool(PHRASES["contents"].fullmatch(undecorated(piece.block.text)))


def _list_length(pieces: Sequence[Piece], i: int) -> int:
    """Return the number of pieces below the heading at *i* that only list pictures or other headings, or 0."""
    heading = undecorated(pieces[i].block.text) if pieces[i].level else ""
    if not (PHRASES["contents"].fullmatch(heading) or PHRASES["pictures"].fullmatch(heading)):
        return 0
    entries = list(takewhile(lambda piece: not piece.level, islice(pieces, i + 1, None)))
    if any(entry.block.words > _ENTRY_WORDS for entry in entries):
        return 0
    if PHRASES["pictures"].fullmatch(heading):
        return len(entries)
    headings = [piece for piece in pieces[i + 1 + len(entries) :] if piece.level]
    titles = {_words(heading_of(piece.block.text).title or piece.block.text) for piece in headings}
    texts = [_words(entry.block.text) for entry in entries if not entry.block.is_rule]
    matched = sum(any(title in text for title in titles) for text in texts)
    return len(entries) if matched >= max(_CONTENTS_ENTRIES, len(texts) / 2) else 0


def _words(text: str) -> str:
    return f" {' '.join(words_in(text))} "


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
