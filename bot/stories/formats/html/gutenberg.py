"""Books of Project Gutenberg in HTML: read the site's header, and remove it and the licence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from justhtml import Node

from bot.stories.formats.gutenberg import CREDIT_BLOCKS, END, START, is_credit, read_header
from bot.stories.formats.html.page import Piece, words_in
from bot.stories.formats.html.story import demoted
from bot.stories.formats.html.tree import NAMES, attribute, is_named
from bot.stories.sections.headings import heading_of
from bot.stories.sections.labels import Labelled
from bot.stories.sections.parts import Sections
from bot.stories.sections.title_pages import is_paragraph


def is_boilerplate(node: Node) -> bool:
    """Return whether an element is the header or the licence of Project Gutenberg."""
    return attribute(node, "id") in NAMES["gutenberg"] or is_named(node, "gutenberg")


def within_marks(sections: Sections, pieces: Sequence[Piece]) -> tuple[Sequence[Piece], bool]:
    """Return the pieces between the marks of a book's start and end, and whether there are such marks.

    Labels in the header, and the credits of the file, are added to *sections*.
    """
    start = next((i + 1 for i, piece in enumerate(pieces) if _has(START, piece)), 0)
    end = next((i for i in range(start, len(pieces)) if _has(END, pieces[i])), len(pieces))
    if start == 0:
        return pieces[:end], end < len(pieces)
    for label in read_header("\n\n".join(piece.block.text for piece in pieces[:start]).split("\n")):
        sections.take(label)
    head = pieces[start : min(start + CREDIT_BLOCKS, end)]
    credits = [piece.block.text for piece in head if is_credit(piece.block.text)]
    if credits:
        sections.take(Labelled("metadata", "credits", "; ".join(" ".join(text.split()) for text in credits)))
    return [*(piece for piece in head if not is_credit(piece.block.text)), *pieces[start + len(head) : end]], True


def _has(mark: re.Pattern[str], piece: Piece) -> bool:
    return any(map(mark.match, piece.block.lines))


def without_title_page(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Return the *pieces* of a book with the headings of its title page as plain lines.

    The title page ends before the first heading that does not repeat the *title* and has a paragraph under it. Below
    the last heading that repeats the *title*, a numbered heading is that of a part, and stays.
    """
    wanted = words_in(title)
    heads: list[int] = []
    below = 0
    for i, following in pairwise([*(i for i, piece in enumerate(pieces) if piece.level), len(pieces)]):
        repeats = bool(wanted) and words_in(pieces[i].block.text)[: len(wanted)] == wanted
        if not repeats and any(is_paragraph(piece.block) for piece in pieces[i + 1 : following]):
            break
        heads.append(i)
        below = len(heads) if repeats else below
    lines = {*heads[:below], *(i for i in heads[below:] if heading_of(pieces[i].block.text).number is None)}
    return [demoted(piece) if i in lines else piece for i, piece in enumerate(pieces)]
