"""Lists in a story: write the marks that a browser shows before items, such as numbers, into the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from justhtml import Node

from bot.stories.formats.html.page import NOTE, Item, Piece, spaced, without_heading
from bot.stories.formats.html.tree import attribute, inner, is_named
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label

_LINE_CHARS = 60  # maximum characters of each item in a list that becomes one block of lines
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_HAS_NUMBER = re.compile(r"[\[(]?\d{1,4}\b")
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-(?:roman|alpha|latin))\b", re.I)
_KINDS = {"lower-roman": "i", "upper-roman": "I", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
          "upper-latin": "A"}  # fmt: skip


@dataclass(slots=True)
class OpenList:
    """A list whose items are being read."""

    list: int
    """Number of the list on the page."""
    kind: str
    """``1``, ``a``, ``A``, ``i`` or ``I`` as in HTML; ``•`` for bullets; empty for items without a mark."""
    next: int = 1
    step: int = 1

    @classmethod
    def of(cls, node: Node, number: int) -> OpenList:
        """Return the list that the element *node* begins; *number* is the list's number on the page."""
        style = _STYLE.search(attribute(node, "style"))
        kind = style[1].lower() if style else ""
        if kind == "none" or is_named(node, "unmarked_lists"):
            return cls(number, "")
        if node.name != "ol":
            return cls(number, "•")
        is_reversed = "reversed" in (node.attrs or {})
        start = sum(child.name == "li" for child in inner(node)) if is_reversed else 1
        typed = attribute(node, "type")
        kind = _KINDS.get(kind) or (typed if typed in ("a", "A", "i", "I") else "1")
        return cls(number, kind, _number(attribute(node, "start"), start), -1 if is_reversed else 1)

    def item(self, node: Node) -> Item | None:
        """Return the next item, which is the element *node*, with its mark; None if items have no marks."""
        number = _number(attribute(node, "value"), self.next)
        self.next = number + self.step
        return Item(self.list, "• " if self.kind == "•" else f"{numeral(number, self.kind)}. ") if self.kind else None


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def numeral(number: int, kind: str) -> str:
    """Return a number as digits, letters (*kind* ``a``) or Roman numerals (``i``); capitals for a capital *kind*."""
    if number < 1 or kind not in ("a", "A", "i", "I"):
        return str(number)
    text = _letters(number) if kind in "aA" else _roman(number)
    return text.upper() if kind.isupper() else text


def _letters(number: int) -> str:
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


def _roman(number: int) -> str:
    if number > _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


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
