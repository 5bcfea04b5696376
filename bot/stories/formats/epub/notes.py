"""Match the footnotes and endnotes of a book with their numbers in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote

from justhtml import Node

from bot.stories.formats.archive import Archive
from bot.stories.formats.epub.package import Document, Package
from bot.stories.formats.html.page import NOTE, Piece
from bot.stories.formats.html.tree import NAMES, attribute, elements, kinds, short_text
from bot.stories.sections.blocks import Block

References = Mapping[tuple[str, str], str]
"""Number by which the text refers to each note (empty without a number), by the note's page and anchor."""

_NUMBER = re.compile(r"[\[(]?(\d{1,4}|[*†‡§]{1,3})[\])]?")
_BEGINS_WITH_NUMBER = re.compile(r"[\[(]?\d{1,4}[\])]?[.:]?\s+\S")
_STEM = re.compile(r"(?:end|foot|rear)?[-_]?notes?(?:[-_ ]?\d+)?", re.I)


def references(archive: Archive, documents: Sequence[Document]) -> References:
    """Return the notes to which the text links, by a number or by a link that is marked as a reference."""
    found: dict[tuple[str, str], str] = {}
    for document, link, target in _links(documents):
        if "#" not in target or ":" in target.partition("#")[0] or "backlink" in kinds(link):
            continue
        match = _NUMBER.fullmatch(short_text(link) or "")
        if match or "noteref" in kinds(link):
            found.setdefault(_target(archive, document, target), match[1] if match else "")
    return found


def with_notes(pieces: Sequence[Piece], path: str, linked: References) -> list[Piece]:
    """Return *pieces* of the page at *path*; a numbered paragraph to which a number links is marked as a note."""
    return [
        replace(piece, role=NOTE)
        if not (piece.level or piece.role)
        and _BEGINS_WITH_NUMBER.match(piece.block.text)
        and any(linked.get((path, anchor)) for anchor in piece.anchors)
        else piece
        for piece in pieces
    ]


def _target(archive: Archive, document: Document, href: str) -> tuple[str, str]:
    """Return the page and the anchor to which a link in *document* leads."""
    return archive.path_of(document.path, href), unquote(href.partition("#")[2])


def _links(documents: Sequence[Document]) -> Iterator[tuple[Document, Node, str]]:
    for document in documents:
        for node in elements(document.page.root):
            if node.name == "a" and (target := attribute(node, "href")):
                yield document, node, target


def is_notes(document: Document, package: Package, linked: References) -> bool:
    """Return whether a page is marked or named as a page of notes, and the text links to some of the notes."""
    page_kinds = package.kinds.get(document.path, set()) | set(kinds(document.page.root))
    page_kinds |= {kind for node in islice(elements(document.page.root), 3) for kind in kinds(node)}
    named = page_kinds & NAMES["notes_pages"] or _STEM.fullmatch(PurePosixPath(document.path).stem)
    return bool(named) and any(path == document.path for path, _ in linked)


def only_linked(pieces: Sequence[Piece], path: str, linked: References) -> list[Piece]:
    """Return those *pieces* of a page of notes to which the text links, marked as notes; headings are left out."""
    kept: list[Piece] = []
    is_linked = False
    for piece in pieces:
        if piece.anchors:
            is_linked = any((path, anchor) in linked for anchor in piece.anchors)
        if is_linked and not piece.level:
            kept.append(replace(piece, role=NOTE))
    return numbered(kept, path, linked)


def numbered(pieces: Sequence[Piece], path: str, linked: References) -> list[Piece]:
    """Return *pieces* in which each note begins with the number by which the text refers to it."""
    return [_numbered(piece, path, linked) if piece.role == NOTE else piece for piece in pieces]


def _numbered(piece: Piece, path: str, linked: References) -> Piece:
    number = next((n for anchor in piece.anchors if (n := linked.get((path, anchor)))), "")
    text = piece.block.text
    if not number or text.lstrip("[( ").startswith(number):
        return piece
    first, *others = piece.block.marked or piece.block.lines
    return replace(piece, block=Block.of([f"[{number}] {first}", *others], piece.block.gap))
