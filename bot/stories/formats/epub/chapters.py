"""The chapters of a book: where its table of contents leads, and what stands there as a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.stories.formats.epub.document import Document
from bot.stories.formats.epub.package import Entry
from bot.stories.formats.html.page import heading_of
from bot.stories.formats.html.pieces import Piece
from bot.stories.formats.html.story import NOTE, demoted, joined, may_head, with_chapters
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter

LEAST_ENTRIES = 2
"""Places that a table of contents leads to: one of fewer says nothing of chapters."""

TITLE_LINES = 4
"""Lines of a heading in a book: its number, its title and what stands below."""

TITLE_LINE_CHARS = 100


def with_chapters_of(documents: Sequence[Document], contents: Sequence[Entry]) -> list[Piece]:
    """All pieces of a book, where the headings are those that its table of contents leads to."""
    targets = [_targets(document, contents) for document in documents]
    if sum(map(len, targets)) < LEAST_ENTRIES:
        pieces = with_chapters([piece for document in documents for piece in document.pieces])
        if any(piece.level for piece in pieces) or not any(targets):
            return pieces
    return [piece for document, leads in zip(documents, targets, strict=True) for piece in _headed(document, leads)]


def all_marked(pieces: Sequence[Piece]) -> bool:
    """Whether the headings of a book are those of all its chapters; not where more lines read like one."""
    marked = sum(piece.level > 0 for piece in pieces)
    read = sum(not piece.level and read_chapter(piece.block.lines[0]) is not None for piece in pieces)
    return marked >= max(LEAST_ENTRIES, read)


def _targets(document: Document, contents: Sequence[Entry]) -> dict[int, str]:
    """Which piece of a page each entry leads to, with its title."""
    places = {anchor: i for i, piece in reversed(list(enumerate(document.pieces))) for anchor in piece.anchors}
    told = [i for i, piece in enumerate(document.pieces) if piece.role != NOTE and not piece.block.is_rule]
    if not told:
        return {}
    found: dict[int, str] = {}
    for entry in contents:
        if entry.path == document.path:
            place = max(places.get(entry.anchor, 0), told[0])
            found[next((i for i in told if i >= place), told[-1])] = entry.title
    return found


def _headed(document: Document, targets: dict[int, str]) -> Iterator[Piece]:
    """The pieces of a page with a heading at each of the *targets*, and no other."""
    pieces = document.pieces
    opens = next((i for i, piece in enumerate(pieces) if not piece.block.is_rule), 0)
    past = 0
    for i, piece in enumerate(pieces):
        if i in targets:
            end = next((later for later in sorted(targets) if later > i), len(pieces))
            lines = _title_lines(pieces[i:end], targets[i])
            text = _title([line.block.text for line in lines], targets[i])
            yield replace(piece, block=Block.of([text], piece.block.gap, is_heading=True), level=piece.level or 1)
            past = i + len(lines)
        if i >= past:
            stays = not targets and i == opens and may_head(piece)
            yield demoted(piece) if piece.level and not stays else piece


def _title_lines(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """The pieces at the start of a chapter that are its heading."""
    lines: list[Piece] = []
    for piece in pieces[:TITLE_LINES]:
        over = not lines or heading_of(lines[-1].block.text).title is None
        is_heading = piece.level and may_head(piece) and (over or set(_words(piece.block.text)) <= set(_words(title)))
        if piece.block.is_rule or not (is_heading or _repeats([*lines, piece], title)):
            break
        lines.append(piece)
    return lines


def _repeats(lines: Sequence[Piece], title: str) -> bool:
    """Whether the last of *lines* is the title, its number or its words, or ends it (prose may begin with some)."""
    heading = heading_of(title)
    wholes = [_words(whole) for whole in (title, heading.title, heading.label) if whole]
    last = _words(lines[-1].block.text)
    so_far = [word for line in lines for word in _words(line.block.text)]
    return len(lines[-1].block.text) <= TITLE_LINE_CHARS and bool(last) and (last in wholes or so_far in wholes)


def _title(lines: Sequence[str], title: str) -> str:
    """A chapter's heading from the lines in the page and the title in the table of contents; no word is lost."""
    said = {word for line in lines for word in _words(line)}
    wanted = set(_words(title))
    is_numbered = len(lines) > 1 and heading_of(lines[0]).title is None
    if said <= wanted and not (is_numbered and said == wanted):
        return title
    if is_numbered:
        return joined(lines[0], " ".join(lines[1:]))
    text = " ".join(lines)
    return joined(title, text) if heading_of(title).title is None and not wanted <= said else text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
