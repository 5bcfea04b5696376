"""What Project Gutenberg puts around a book in HTML: its header and its licence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from justhtml import Node

from bot.stories.formats.html.page import Page
from bot.stories.formats.html.pieces import Piece
from bot.stories.formats.html.tree import attribute, by_id, children, classes, elements, little_text
from bot.stories.sections.labels import Labelled
from bot.stories.sections.parts import Sections

_IDS = frozenset({"pg-header", "pg-footer", "pg-machine-header", "pg-start-separator", "pg-end-separator"})
_CLASSES = frozenset({"pg-boilerplate", "pgheader", "pgfooter", "pg_boilerplate"})
_START = re.compile(r"\*\*\*\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.I)
_END = re.compile(r"\*\*\*\s*END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg(?:'s|’s)? ", re.I)
_LABEL = re.compile(r"(Title|Author|Language|Translator|Illustrator|Editor)\s*:\s*(\S.{0,200})")


def is_boilerplate(node: Node) -> bool:
    """Whether an element is the header or the licence of Project Gutenberg."""
    return bool(node.attrs) and (attribute(node, "id") in _IDS or bool(classes(node) & _CLASSES))


def within_marks(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """What stands between the lines that Project Gutenberg marks a book's start and end with, where there are any."""
    start = next((i + 1 for i, piece in enumerate(pieces) if _START.search(piece.block.text)), 0)
    end = next((i for i in range(start, len(pieces)) if _END.search(pieces[i].block.text)), len(pieces))
    return pieces[start:end]


def read_header(sections: Sections, page: Page) -> bool:
    """Take from the header what it says of the book; return whether there is one."""
    header = by_id(page.root, "pg-header")
    for node in elements(header) if header is not None else ():
        is_line = node.name in ("p", "div", "li") and not any(
            isinstance(c, Node) and c.name in ("p", "div") for c in children(node)
        )
        match = _LABEL.fullmatch(little_text(node) or "") if is_line else None
        if match is not None:
            kind = {"Title": "title", "Author": "author"}.get(match[1], "metadata")
            if kind == "title" and sections.title is None:
                sections.title = match[2]
            elif kind == "author" and sections.author is None:
                sections.author = match[2]
            elif kind == "metadata":
                sections.take(Labelled("metadata", match[1].lower(), match[2]))
    return header is not None
