"""Take title, author, labels and notes from the pieces of text around a story, whose roles are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import Labelled, read_labels
from bot.stories.sections.lines import looks_titled
from bot.stories.sections.parts import Part, Sections
from bot.stories.sections.roles import Piece


def take_above(sections: Sections, pieces: Sequence[Piece]) -> tuple[list[Block], list[str]]:
    """Take the *pieces* above the story into *sections*; return the headings among them, and the notes below these."""
    headings: list[Block] = []
    below: list[str] = []
    is_signed = sections.author is not None or any(map(_names_author, pieces))
    open_label: Labelled | None = None  # the last label, if its text is the next paragraph
    for piece in pieces:
        text = piece.block.text
        if piece.role == "title":
            sections.take_title(text, is_signed=is_signed)
        elif piece.role == "author":
            sections.take_author(text)
        elif piece.role == "heading" or (headings and not below and _may_be_title_below(piece)):
            headings.append(piece.block)
        elif piece.role == "label":
            labels = read_labels(piece.block.lines, is_below_title=True) or []
            open_label = labels[-1] if labels and not labels[-1].value else None
            for label in labels[:-1] if open_label else labels:
                _take(sections, label, below if headings else None)
            continue
        elif piece.role == "note" and open_label is not None:
            _take(sections, replace(open_label, value=text), below if headings else None)
        elif piece.role == "note" and headings:
            below.append(text)
        elif piece.role == "note":
            sections.notes_before.append(text)
        if piece.role != "break":
            open_label = None
    return headings, below


def _may_be_title_below(piece: Piece) -> bool:
    """Return whether *piece*, right below a chapter's heading, may be the chapter's title."""
    block = piece.block
    return piece.role == "note" and block.is_line and looks_titled(block.text)


def _names_author(piece: Piece) -> bool:
    labels = (piece.block.labels or ()) if piece.role == "label" else ()
    return piece.role == "author" or any(label.kind == "author" for label in labels)


def _take(sections: Sections, label: Labelled, notes: list[str] | None) -> None:
    """Take *label* as one of the story; below a chapter's heading, with the chapter's *notes*, it may be a note."""
    if notes is None or label.kind in ("title", "author", "metadata"):
        sections.take(label)
    elif label.value:
        notes.append(label.value if label.kind == "note" else label.as_note)


def take_below(part: Part, pieces: Sequence[Piece]) -> str | None:
    """Take the *pieces* below the last chapter of a story, or below any chapter; return the author's name, if any."""
    author: str | None = None
    for piece in pieces:
        if piece.role == "end mark" and part.end_marker is None:
            part.end_marker = piece.block.text.strip()
        elif piece.role == "label":
            labels = piece.block.labels or []
            part.notes_after += [label.as_note for label in labels if label.as_note]
        elif piece.role != "break":
            part.notes_after.append(piece.block.text)
            author = piece.block.text if piece.role == "author" else author
    return author
