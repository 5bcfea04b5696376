"""Lists in a story: write the marks that a browser shows before items, such as numbers, into the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from justhtml import Node

from bot.stories.formats.html.page import NOTE, Item, Piece, spaced, without_heading
from bot.stories.formats.html.tree import attribute, is_named
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label

_LINE_CHARS = 60  # maximum characters of each item in a list that becomes one block of lines
_HAS_NUMBER = re.compile(r"[\[(]?\d{1,4}\b")
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:[^;]*?\bnone\b", re.I)


@dataclass(slots=True)
class OpenList:
    """A list whose items are being read."""

    list: int
    """Number of the list on the page."""
    has_numbers: bool
    """Whether items have numbers; else they have bullets."""
    next: int = 1

    @classmethod
    def of(cls, node: Node, number: int) -> OpenList | None:
        """Return the list that the element *node* begins, or None if its items have no marks.

        *number* is the list's number on the page.
        """
        if _NO_MARK.search(attribute(node, "style")) or is_named(node, "unmarked_lists"):
            return None
        return cls(number, node.name == "ol", _number(attribute(node, "start"), 1))

    def item(self, node: Node) -> Item:
        """Return the next item, which is the element *node*, with its mark."""
        number = _number(attribute(node, "value"), self.next)
        self.next = number + 1
        return Item(self.list, f"{number}. " if self.has_numbers else "• ")


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def with_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with the mark of each list item in its text; short items become lines of one block.

    A list with headings, and a list of labels, get no marks, because such lists are only layout.
    """
    if not any(piece.item for piece in pieces):
        return list(pieces)
    return [marked for _, items in groupby(pieces, _list_of) for marked in _marked(list(items))]


def _list_of(piece: Piece) -> int:
    return piece.item.list if piece.item is not None else 0


def _marked(items: list[Piece]) -> list[Piece]:
    """Return *items*, the pieces of one list, with their marks; footnotes get numbers like ``[1]``."""
    if any(item.item is None or item.level or item.block.is_rule for item in items):
        return items
    if any(item.role == NOTE for item in items):
        return [_numbered(item) for item in items]
    if all(read_label(item.block.text) is not None for item in items):
        return items
    lines = [item.item.mark + item.block.prose for item in items if item.item is not None]
    blocks = [item.block for item in items]
    if all(block.is_line and len(line) <= _LINE_CHARS for block, line in zip(blocks, lines, strict=True)):
        anchors = tuple(anchor for item in items for anchor in item.anchors)
        return [replace(items[0], block=Block.of(lines, blocks[0].gap), anchors=anchors)]
    return [
        replace(item, block=Block.of(line.split("\n"), item.block.gap)) for item, line in zip(items, lines, strict=True)
    ]


def _numbered(note: Piece) -> Piece:
    """Return a footnote with its number in the list, as ``[1]``, unless its text begins with a number."""
    number = note.item.mark.rstrip(". ") if note.item is not None else ""
    if not number.isdecimal() or _HAS_NUMBER.match(note.block.text):
        return note
    first, *others = note.block.prose.split("\n")
    return replace(note, block=Block.of([f"[{number}] {first}", *others], note.block.gap))


def as_prose(pieces: Sequence[Piece]) -> list[Block]:
    """Return the blocks of *pieces*; headings become plain text."""
    return [without_heading(piece.block) for piece in spaced(with_marks(pieces))]
